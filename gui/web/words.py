"""What the page says, in English and in French; core's own sentences are English."""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "intro": "Estimates the age and gender of faces, on the computer that runs this page.",
    "photos": "Photos",
    "webcam": "Webcam",
    "video": "Video",
    "models": "Models",
    "about": "About",
    "model": "Model",
    "thorough": "Look hard for small faces (takes longer)",
    "choose_photos": "Photos (drop or choose, several at once)",
    "paste": "Or paste a picture",
    "choose_video": "A video",
    "pasted": "pasted picture",
    "camera": "Camera",
    "file": "File",
    "face": "Face",
    "age": "Age",
    "range": "Range",
    "gender": "Gender",
    "sure": "Sure",
    "track": "Track",
    "from": "From",
    "to": "To",
    "no_face": "No face was found.",
    "too_many": "Only the first {count} photos were looked at.",
    "too_long": "Only the first {seconds} seconds were looked at.",
    "doubtful": "doubtful",
    "female": "female",
    "male": "male",
    "unsure": "unsure",
    "looking": "Looking for faces",
    "result": "Video with faces",
    "figure": "Figure",
    "age_mae": "years off on average",
    "gender_accuracy": "gender right",
    "ages": "ages",
    "faces": "faces",
    "fault": "A fault in Visage stopped this.",
}

FRENCH: Mapping[str, str] = {
    "intro": "Estime l’âge et le genre des visages, sur l’ordinateur qui sert cette page.",
    "photos": "Photos",
    "webcam": "Caméra",
    "video": "Vidéo",
    "models": "Modèles",
    "about": "À propos",
    "model": "Modèle",
    "thorough": "Chercher aussi les petits visages (plus long)",
    "choose_photos": "Photos (déposer ou choisir, plusieurs à la fois)",
    "paste": "Ou coller une image",
    "choose_video": "Une vidéo",
    "pasted": "image collée",
    "camera": "Caméra",
    "file": "Fichier",
    "face": "Visage",
    "age": "Âge",
    "range": "Intervalle",
    "gender": "Genre",
    "sure": "Certitude",
    "track": "Piste",
    "from": "De",
    "to": "À",
    "no_face": "Aucun visage n’a été trouvé.",
    "too_many": "Seules les {count} premières photos ont été examinées.",
    "too_long": "Seules les {seconds} premières secondes ont été examinées.",
    "doubtful": "douteux",
    "female": "femme",
    "male": "homme",
    "unsure": "incertain",
    "looking": "Recherche de visages",
    "result": "Vidéo avec visages",
    "figure": "Mesure",
    "age_mae": "ans d’écart moyen",
    "gender_accuracy": "genre juste",
    "ages": "âges",
    "faces": "visages",
    "fault": "Une erreur de Visage a interrompu ceci.",
}

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "fr": FRENCH}


def words_for(accept_language: str | None) -> Mapping[str, str]:
    """The words of a browser that names its languages, the one it likes best first."""
    for wish in (accept_language or "").lower().split(","):
        language = wish.strip().split(";")[0].split("-")[0]
        if language in LANGUAGES:
            return LANGUAGES[language]
    return ENGLISH
