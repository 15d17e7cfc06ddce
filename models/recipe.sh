#!/bin/sh
# Makes the weights in models/ again, on two cores without a GPU. Every fit is taken up where it was
# when it is interrupted: call the script again. A card names the code that its weights were made by;
# later code may draw the parts of the data otherwise.
#
#   sh models/recipe.sh fer2013.zip
set -eu
data=$1
train="${PYTHON:-.venv/bin/python} -m train"
common="--valid 0.05 --ema 0.998 --blur 0.1 --noise 0.1 --seed 1"

$train fit "$data" --name teacher-wide --out runs/teachers/teacher-wide --net wide \
  --optimizer sgd --rate 0.1 --weight-decay 5e-4 --precision bf16-mixed \
  --epochs 32 --balance 0.25 $common

$train fit "$data" --name emotion-slim --net slim \
  --teacher runs/teachers/teacher-wide --distil 0.7 --label-smoothing 0.05 \
  --optimizer sgd --rate 0.1 --weight-decay 5e-4 --precision bf16-mixed \
  --epochs 40 --balance 0.4 $common
