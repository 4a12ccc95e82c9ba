# The lab as an image: JupyterLab with the kernel ready, for one person or for each student of a
# JupyterHub. `docker build -t deep-learning-lab .`, then
# `docker run --rm -p 127.0.0.1:8888:8888 deep-learning-lab` prints the address with its token.
FROM debian:trixie-slim

# Debian 13 has Node 20.19 and Python 3.13
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates git nodejs npm python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*

# Binder chooses name and number of the user
ARG NB_USER=student
ARG NB_UID=1000
ENV USER=${NB_USER} HOME=/home/${NB_USER}
RUN useradd --create-home --uid ${NB_UID} ${NB_USER}

COPY --chown=${NB_UID} . ${HOME}/deep-learning-lab
USER ${NB_USER}
WORKDIR ${HOME}/deep-learning-lab

# node_modules, .venv, dist and the kernel; then JupyterHub's part, by which a hub can start this image
RUN npm start -- --version \
 && .venv/bin/python -m pip install --no-deps --no-compile --no-cache-dir -r jupyter/requirements-hub.txt \
 && rm -rf ${HOME}/.npm ${HOME}/.cache
ENV PATH=${HOME}/deep-learning-lab/.venv/bin:${PATH}

EXPOSE 8888
# inside a container "this machine" is the container: the published port decides who comes in
CMD ["npm", "start", "--", "--ip=0.0.0.0", "--no-browser"]
