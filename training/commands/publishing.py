"""The commands that bring a model to those who use it; each takes the parsed options."""

from argparse import Namespace

from core import paths
from training.publishing.model_search import RUNS_DIR, model_folder


def publish(options: Namespace) -> None:
    """Copy an evaluated model to where the app finds it."""
    from training.publishing.model_folder import publish as publish_folder

    source = model_folder(options.model, RUNS_DIR)
    target = publish_folder(source, paths.models_dir(), may_replace=options.replace)
    print(f"Published as {target.name}. The app offers it from now on.")


def hub(options: Namespace) -> None:
    """Push a model, pull one, or write the folder of a Space."""
    if options.action == "push":
        from training.publishing.hub.push import push

        print(push(model_folder(options.model, RUNS_DIR), options.repo))
    elif options.action == "space":
        from training.publishing.hub.space import write_space

        write_space(options.out)
        print(f"{options.out} runs as it stands: upload it as a Space, or start its app.py.")
    else:
        from core.hub.pull import pull

        model = pull(options.repo)
        print(f"Installed in {model.path}. The app offers {model.card.title} from now on.")
