#!/bin/sh
# Makes stronger weights on one GPU: three teachers, then both shipped nets from their mean, and
# strangers for emotion-slim. It has
# run on no GPU yet: expect to look after it. Every fit is taken up where it was when it is
# interrupted: call the script again.
#
#   sh models/recipe-gpu.sh fer2013.zip
set -eu
data=$1
train="${PYTHON:-.venv/bin/python} -m train"
common="--accelerator cuda --precision 16-mixed --valid 0.05 --seed 1 --mixup 0.4 --cutmix 0.2"
sgd="--optimizer sgd --rate 0.1 --weight-decay 5e-4"
teachers=""

for one in a b c; do
  case $one in
    a) net="wide" ;;
    b) net="wide --label-smoothing 0.2" ;;
    c) net="efficientnet-b0 --size 96" ;;
  esac
  $train fit "$data" --name "teacher-$one" --out "runs/teachers/$one" --net $net \
    $sgd --epochs 150 $common
  teachers="$teachers --teacher runs/teachers/$one"
done

slim=runs/teachers/slim
$train fit "$data" --name teacher-slim --out $slim --net slim $teachers --distil 0.8 \
  $sgd --epochs 300 $common
$train fit "$data" --name emotion-slim --from $slim --teacher $slim --distil 0.9 --strangers 0.25 \
  --optimizer sgd --rate 0.02 --balance 0.4 --label-smoothing 0.05 --epochs 4 \
  --accelerator cuda --precision 16-mixed --seed 1
$train fit "$data" --name emotion-b0 --net efficientnet-b0 --size 96 $teachers --distil 0.8 \
  $sgd --epochs 200 $common
