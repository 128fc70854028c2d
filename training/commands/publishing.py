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


def rehearsal(options: Namespace) -> None:
    """Write beside a model what it needs to learn from corrections."""
    from core.adapting.rehearsal import REHEARSAL_FILE
    from core.estimation.model_card import read_card
    from core.estimation.model_folder import ModelFolder
    from training.commands.options import open_labelled_data
    from training.data.labelled_data import Part
    from training.publishing.rehearsal import make_rehearsal

    path = model_folder(options.model, RUNS_DIR)
    data = open_labelled_data(options)
    chips, images = data.part(Part.VALIDATION)
    names = " and ".join(collection.name for collection in data.collections)
    source = f"the validation part of {names}"
    folder = ModelFolder(path, read_card(path))
    made = make_rehearsal(folder, options.layer, chips, images, source)
    made.write(path)
    print(f"{path / REHEARSAL_FILE} holds figures of {len(made.faces):,} faces, {source}.")
