"""Labels whole folders of photos: a job that can be stopped, resumed, corrected and exported."""
