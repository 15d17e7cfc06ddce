"""Whom we are measured beside, by the names that options and reports use."""

from __future__ import annotations

FACE_API = "face-api"
HUMAN = "human"
ORT = "onnxruntime-web"
LITERT = "litert"
PEERS = (FACE_API, HUMAN, ORT, LITERT)
