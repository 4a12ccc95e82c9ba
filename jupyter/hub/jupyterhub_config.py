# JupyterHub for a class on one machine: one password, a JupyterLab and a copy of the notebooks for
# each student. `npm run hub` sets the variables read here. All servers run as one user of the system:
# students are kept apart by their addresses, not by the system (docs/class.md has the other ways).
import os
import shutil
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

c = get_config()  # noqa: F821

root = Path(os.environ["LAB_ROOT"])
home = Path(os.environ["LAB_HUB_HOME"])
students = home / "students"

# on this machine only, unless another address is named; beyond it, put a server with TLS in front
c.JupyterHub.bind_url = os.environ.get("LAB_HUB_URL", "http://127.0.0.1:8000")
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.db_url = f"sqlite:///{home / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(home / "cookie_secret")
c.ConfigurableHTTPProxy.command = [os.environ["LAB_HUB_NODE"], os.environ["LAB_HUB_PROXY"]]
c.ConfigurableHTTPProxy.pid_file = str(home / "proxy.pid")
c.JupyterHub.log_level = "WARN"
c.JupyterHub.cleanup_servers = True

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["LAB_HUB_PASSWORD"]
names = os.environ.get("LAB_HUB_STUDENTS", "").replace(",", " ").split()
if names:
    c.Authenticator.allowed_users = set(names)
else:
    c.Authenticator.allow_all = True
# one thread for each student's products: the processor is shared with the others
c.Spawner.environment = {"LAB_THREADS": os.environ.get("LAB_THREADS", "1")}
# a name is a folder: plain letters and digits only
c.Authenticator.username_pattern = r"[a-z][a-z0-9_-]{0,31}"


class StudentSpawner(SimpleLocalProcessSpawner):
    """A JupyterLab in a student's folder, which outlives the server."""

    home_dir_template = str(students / "{username}")

    def user_env(self, env):
        """The student's own settings; what a shell at home would start is left alone."""
        env = super().user_env(env)
        own = Path(self.home_dir) / ".jupyter"
        for name, folder in (("CONFIG", "config"), ("DATA", "data"), ("RUNTIME", "runtime")):
            env[f"JUPYTER_{name}_DIR"] = str(own / folder)
        env["JUPYTERLAB_SETTINGS_DIR"] = str(own / "settings")
        env["JUPYTERLAB_WORKSPACES_DIR"] = str(own / "workspaces")
        return env


def prepare(spawner):
    """Gives a new student the notebooks; what is there is theirs and stays."""
    folder = Path(spawner.home_dir)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # the notebooks import "../src" and read "../data": both are the project's
    for name in ("src", "dist", "data", "node_modules"):
        link = folder / name
        if not link.is_symlink():
            link.symlink_to(root / name, target_is_directory=True)
    own = folder / "notebooks"
    own.mkdir(exist_ok=True)
    for notebook in sorted((root / "notebooks").glob("*.ipynb")):
        if not (own / notebook.name).exists():
            shutil.copy(notebook, own / notebook.name)


c.JupyterHub.spawner_class = StudentSpawner
c.Spawner.pre_spawn_hook = prepare
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.notebook_dir = "~/notebooks"
c.Spawner.default_url = "/lab"
c.Spawner.args = ["--allow-root"] if hasattr(os, "getuid") and os.getuid() == 0 else []
c.Spawner.env_keep = [
    *("PATH", "LANG", "LC_ALL", "FASHION_MNIST_DIR"),
    *("JUPYTER_PREFER_ENV_PATH", "JUPYTER_PATH", "PYTHONNOUSERSITE", "PYTHONUTF8"),
]
# eight students who press Run at once start eight kernels: give them time on a small machine
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
