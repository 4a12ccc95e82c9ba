"""Writes pillow.json: what Pillow's antialiased bilinear resize makes of made-up pictures.

Needs Pillow (13.0.0 made the committed numbers): python pillow.py > pillow.json
"""
import json

from PIL import Image, __version__


def picture(width, height):
    return bytes((x * x * 7 + y * 53 + x * y * 11) % 256 for y in range(height) for x in range(width))


CASES = [
    ((7, 5), (14, 10)),
    ((7, 5), (3, 2)),
    ((7, 5), (7, 3)),
    ((7, 5), (10, 5)),
    ((28, 28), (14, 14)),
    ((28, 28), (20, 33)),
    ((28, 28), (1, 1)),
    ((28, 28), (32, 32)),
    ((3, 9), (8, 4)),
]
out = []
for (w, h), size in CASES:
    image = Image.frombytes("L", (w, h), picture(w, h))
    out.append({"from": [w, h], "to": list(size), "pixels": list(image.resize(size, Image.BILINEAR).tobytes())})
print(json.dumps({"pillow": __version__, "cases": out}))
