# JupyterLab as the lab opens it: on this machine only, without questions, and without any request
# to the network.
c = get_config()  # noqa: F821

c.ServerApp.ip = "localhost"
# Ctrl-C ends the server and its kernels at once
c.ServerApp.answer_yes = True
c.Application.log_level = "ERROR"

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# the environment has no Python kernel (see requirements.txt)
c.MappingKernelManager.default_kernel_name = "tslab"
c.KernelSpecManager.ensure_native_kernel = False

# JupyterLab's "Save and export notebook as HTML" gives the same pages as `npm run report`
load_subconfig("jupyter_nbconvert_config.py")  # noqa: F821
