#!/bin/sh
# Makes the weights in models/ again, on two cores without a GPU, in some nine hours: a slim net from a
# wider net's answers, and emotion-slim, which is that net after it has met strangers; then two stronger
# teachers, and emotion-b0 from theirs. With two more data it makes attributes as well, in an hour: the
# slim net with heads for gender, age and mask.
# A fit that was interrupted is taken up where it was when the script is called again; those that have
# ended are done anew, so take them out of a copy of it. A card names the
# code that its weights were made by; later code may draw the parts of the data otherwise.
#
#   sh models/recipe.sh fer2013.zip [fairface_val.zip mask.zip]
set -eu
[ $# -eq 1 ] || [ $# -eq 3 ] || { echo "usage: sh models/recipe.sh fer2013.zip [fairface_val.zip mask.zip]" >&2; exit 2; }
data=$1
teachers=runs/teachers
sgd="--optimizer sgd --rate 0.1 --weight-decay 5e-4 --precision bf16-mixed"
mild="--balance 0.25 --scale 0.12"
mixed="--mixup 0.4 --cutmix 0.2"

fit() {
  ${PYTHON:-.venv/bin/python} -m train fit "$data" --valid 0.05 "$@"
}

fit --name teacher-wide --out $teachers/teacher-wide --net wide $sgd $mild --epochs 32 --seed 1
fit --name teacher-slim --out $teachers/teacher-slim --net slim --teacher $teachers/teacher-wide \
  --distil 0.7 --label-smoothing 0.05 $sgd --balance 0.4 --scale 0.12 --epochs 40 --seed 1
fit --name emotion-slim --from $teachers/teacher-slim --teacher $teachers/teacher-slim --distil 0.9 \
  --strangers 0.25 --label-smoothing 0.05 $sgd --rate 0.02 --balance 0.4 --epochs 4 --seed 1
fit --name teacher-mixed --out $teachers/teacher-mixed --net wide $sgd $mild $mixed \
  --epochs 45 --seed 1
fit --name teacher-again --out $teachers/teacher-again --net wide \
  --teacher $teachers/teacher-wide --teacher $teachers/teacher-slim --distil 0.7 \
  --label-smoothing 0.05 $sgd $mixed --epochs 45 --seed 1
fit --name emotion-b0 --net efficientnet-b0 --size 64 \
  --teacher $teachers/teacher-again --teacher $teachers/teacher-mixed --distil 0.8 \
  --label-smoothing 0.05 --optimizer adamw --rate 0.002 --weight-decay 0.03 $mixed \
  --epochs 40 --seed 2

[ $# -eq 3 ] || exit 0
${PYTHON:-.venv/bin/python} -m train fit "$1" "$2" "$3" --name attributes \
  --task docs/tasks/attributes.csv --net slim --from $teachers/teacher-slim \
  --teacher $teachers/teacher-slim --distil 0.5 --balance-heads 0.25 $sgd --epochs 24 --seed 1
