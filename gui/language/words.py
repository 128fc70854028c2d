"""Words that many pages share: counts, genders, numbers as the language writes them."""

from PySide6.QtCore import QLocale, QObject

from gui.language.translation import marked, translate

_GENDERS = {
    "female": marked("Words", "Female"),
    "male": marked("Words", "Male"),
    "unsure": marked("Words", "Unsure"),
}


def gender_word(gender: str) -> str:
    """A Gender as a word, with a capital."""
    return translate("Words", _GENDERS[gender])


def doubtful_word() -> str:
    """What a face is whose estimate cannot be trusted, with a capital."""
    return translate("Words", "Doubtful")


class Counted(QObject):
    """How many, in words: "1 photo", "1,200 photos". Plurals are seen by lupdate in `tr` alone."""

    def photos(self, count: int) -> str:
        return self.tr("%Ln photo(s)", "", count)

    def videos(self, count: int) -> str:
        return self.tr("%Ln video(s)", "", count)

    def media(self, count: int, video_count: int) -> str:
        """ "12 photos, 2 videos" of all files and the videos among them."""
        if not video_count:
            return self.photos(count)
        videos = self.videos(video_count)
        return f"{self.photos(count - video_count)}, {videos}" if count > video_count else videos

    def faces(self, count: int) -> str:
        return self.tr("%Ln face(s)", "", count)

    def files_left(self, count: int) -> str:
        return self.tr("%Ln file(s) left", "", count)

    def faces_word(self, count: int) -> str:
        """The word alone, which stands below the number."""
        return self.tr("face(s)", "", count)

    def photos_word(self, count: int) -> str:
        return self.tr("photo(s)", "", count)

    def files(self, count: int) -> str:
        return self.tr("%Ln file(s)", "", count)

    def rows(self, count: int) -> str:
        return self.tr("%Ln row(s)", "", count)

    def people_word(self, video_count: int) -> str:
        """What stands below a number of people."""
        return self.tr("people seen in %Ln video(s)", "", video_count)

    def people(self, count: int) -> str:
        return self.tr("%Ln person(s)", "", count)

    def frames_per_second(self, rate: float) -> str:
        return self.tr("%Ln frame(s)/s", "", round(rate))

    def photos_per_second(self, rate: float) -> str:
        """ "24 photos/s", "1.5 photos/s". Of less than two, English makes many and French one, as
        both do of zero."""
        shown = whole(rate) if rate >= 10 else decimal(rate)
        text = self.tr("{rate} photo(s)/s", "", 0 if round(rate, 1) < 2 else 2)
        return text.format(rate=shown)


counted = Counted()


def whole(number: float) -> str:
    """ "1,200"."""
    return QLocale().toString(round(number))


def decimal(number: float, digits: int = 1) -> str:
    """ "4.2", with so many digits after the point."""
    return QLocale().toString(float(number), "f", digits)


def share(part: float, digits: int = 1) -> str:
    """ "92.5 %" of a part of 0-1."""
    return f"{decimal(100 * part, digits)} %"


def years_apart_text(years: float | None) -> str:
    """How much older a second model takes a face for: "+10.0", "−2.0", "" where it is not known."""
    if years is None:
        return ""
    sign = "−" if years < 0 else "+"
    return f"{sign}{decimal(abs(years))}"


def bug_sentence() -> str:
    """What is said where a bug ended the work; the crash dialog says more."""
    return translate("Words", "Something went wrong inside Visage. The log file tells more.")
