// A lock between processes: a file that only one can create. The holder keeps its clock fresh, so
// that the lock of a process that died is recognised and taken over.

import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** How often the holder refreshes the file, and after what silence the lock counts as left behind. */
const refreshMs = 2000;
const staleMs = 15000;

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** A lock that is held; `release` gives it back. */
export interface Lock {
  release(): void;
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isLeftBehind(path: string): boolean {
  const holder = readHolder(path);
  if (holder && holder.host === hostname() && !isAlive(holder.pid)) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > staleMs;
  } catch {
    return false;
  }
}

/** Take a dead lock away. The rename lets only one process do it; a live one is put back. */
function removeLeftBehind(path: string): void {
  const seen = readHolder(path)?.token;
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.token !== seen) {
    try {
      writeFileSync(path, JSON.stringify(moved), { flag: "wx" });
    } catch {
      // Another process holds a newer lock by now; the checksums still guard the files.
    }
  }
  rmSync(aside, { force: true });
}

/** Try to take the lock; null when another living process holds it. */
export function tryLock(path: string): Lock | null {
  const token = randomUUID();
  const holder: Holder = { pid: process.pid, host: hostname(), token };
  if (isLeftBehind(path)) removeLeftBehind(path);
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
    throw error;
  }
  const timer = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      clearInterval(timer);
    }
  }, refreshMs);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      if (readHolder(path)?.token === token) rmSync(path, { force: true });
    },
  };
}

/** The process that holds the lock, for a message; null when nobody does. */
export function lockHolder(path: string): number | null {
  return readHolder(path)?.pid ?? null;
}
