"""A light recurrent head over a followed face's answers, instead of plain smoothing."""
