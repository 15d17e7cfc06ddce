import type { FaultCode } from "../lib";

export type Language = "en" | "ko";

/** The words that more than one view needs; each view has a `words.ts` of its own beside it. */
export interface Words {
  readonly code: Language;
  readonly tabs: Readonly<Record<"live" | "files" | "compare" | "about", string>>;
  readonly language: string;
  readonly model: string;
  readonly loading: string;
  readonly starting: string;
  readonly ready: string;
  readonly again: string;
  readonly close: string;
  readonly privacy: string;
  readonly notices: string;
  readonly unproven: string;
  readonly drop: string;
  readonly noFace: string;
  readonly waiting: string;
  readonly uncertain: string;
  /** Of a face that is not like those that the model learned from. */
  readonly unfamiliar: string;
  readonly perhapsNoFace: string;
  readonly perhaps: (label: string) => string;
  readonly faces: (count: number) => string;
  readonly face: (number: number) => string;
  readonly whichFace: string;
  readonly whichHead: string;
  readonly spoken: (label: string, percent: number) => string;
  readonly seconds: (text: string) => string;
  readonly faults: Readonly<Record<FaultCode, string>>;
}

const english: Words = {
  code: "en",
  tabs: { live: "Live", files: "Photos & clips", compare: "Compare", about: "About" },
  language: "Language",
  model: "Model",
  loading: "Loading the model",
  starting: "Starting…",
  ready: "Ready",
  again: "Try again",
  close: "Close",
  privacy: "Nothing leaves this device.",
  notices: "Licences",
  unproven: "This model was exported without proof that it runs here as it was trained.",
  drop: "Drop it here",
  noFace: "No face in sight",
  waiting: "Waiting for a face",
  uncertain: "Uncertain",
  unfamiliar: "Unfamiliar",
  perhapsNoFace: "perhaps no face, or a covered one",
  perhaps: (label) => `perhaps ${label.toLowerCase()}`,
  faces: (count) => (count === 1 ? "1 face" : `${count} faces`),
  face: (number) => `Face ${number}`,
  whichFace: "Which face",
  whichHead: "Which attribute",
  spoken: (label, percent) => `${label}, ${percent} percent`,
  seconds: (text) => `${text} s`,
  faults: {
    "no-manifest": "This site is incomplete: its manifest cannot be read.",
    "missing-file": "A file of this site cannot be loaded. Is the connection up?",
    "damaged-file": "A file of this site is damaged, so it was not used.",
    "bad-contract": "The model's contract cannot be read by this page.",
    "no-backend": "No way to run the model on this device gave the right answers.",
    "camera-denied": "The camera is blocked. Allow it in the browser's address bar and try again.",
    "camera-missing": "No camera was found. Cameras also need https or localhost.",
    "camera-failed": "The camera does not start. Is another program using it?",
    "camera-lost": "The camera has gone. Plug it in again, or choose another one.",
    "bad-picture": "This file cannot be read as a picture.",
    "bad-clip": "This clip cannot be played by the browser.",
    "no-video": "This file holds no video, only sound or nothing at all.",
    "worker-lost":
      "The part of the page that reads faces stopped twice; the device may be short of memory.",
    incomparable: "These two clips cannot be compared.",
    disposed: "This reader has been closed.",
    internal: "Something went wrong.",
  },
};

const korean: Words = {
  code: "ko",
  tabs: { live: "실시간", files: "사진·영상", compare: "연기 비교", about: "소개" },
  language: "언어",
  model: "모델",
  loading: "모델을 불러오는 중",
  starting: "시작하는 중…",
  ready: "준비되었습니다",
  again: "다시 시도",
  close: "닫기",
  privacy: "어떤 데이터도 기기 밖으로 나가지 않습니다.",
  notices: "라이선스",
  unproven: "이 모델은 학습된 대로 동작하는지 검증하지 않고 내보낸 것입니다.",
  drop: "여기에 놓아 주세요",
  noFace: "얼굴이 보이지 않습니다",
  waiting: "얼굴을 기다리는 중",
  uncertain: "불확실",
  unfamiliar: "낯선 모습",
  perhapsNoFace: "얼굴이 아니거나 가려진 듯합니다",
  perhaps: (label) => `아마도 ${label}`,
  faces: (count) => `${count}명`,
  face: (number) => `얼굴 ${number}`,
  whichFace: "얼굴 고르기",
  whichHead: "항목 고르기",
  spoken: (label, percent) => `${label}, ${percent}퍼센트`,
  seconds: (text) => `${text}초`,
  faults: {
    "no-manifest": "사이트 구성이 완전하지 않습니다. 매니페스트를 읽을 수 없습니다.",
    "missing-file": "사이트의 파일을 불러올 수 없습니다. 인터넷 연결을 확인해 주세요.",
    "damaged-file": "사이트의 파일이 손상되어 사용하지 않았습니다.",
    "bad-contract": "이 페이지에서 읽을 수 없는 형식의 모델입니다.",
    "no-backend": "이 기기에서는 모델이 올바른 결과를 내지 못했습니다.",
    "camera-denied": "카메라가 차단되었습니다. 주소창에서 허용한 뒤 다시 시도해 주세요.",
    "camera-missing": "카메라를 찾을 수 없습니다. 카메라는 https나 localhost에서만 쓸 수 있습니다.",
    "camera-failed": "카메라를 켤 수 없습니다. 다른 프로그램에서 사용 중인지 확인해 주세요.",
    "camera-lost": "카메라 연결이 끊겼습니다. 다시 연결하거나 다른 카메라를 골라 주세요.",
    "bad-picture": "이 파일은 사진으로 읽을 수 없습니다.",
    "bad-clip": "브라우저가 이 영상을 재생할 수 없습니다.",
    "no-video": "이 파일에는 영상이 없습니다.",
    "worker-lost": "얼굴을 읽는 부분이 두 번 멈췄습니다. 기기의 메모리가 부족할 수 있습니다.",
    incomparable: "두 영상을 비교할 수 없습니다.",
    disposed: "이미 닫힌 판독기입니다.",
    internal: "문제가 생겼습니다.",
  },
};

export const LANGUAGES = { en: english, ko: korean } as const;
