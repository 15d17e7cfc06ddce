import type { FaultCode } from "../core/fault";
import type { Scene } from "./stage";

/** Everything that the page says, in one language. */
export interface Strings {
  readonly code: string;
  readonly tagline: string;
  readonly camera: string;
  readonly picture: string;
  readonly clip: string;
  readonly stop: string;
  readonly hint: string;
  readonly hintPhone: string;
  readonly drop: string;
  readonly model: string;
  readonly loading: string;
  readonly starting: string;
  readonly ready: string;
  /** What stands in the verdict's place while there is none. */
  readonly idle: Readonly<Record<Scene, string>>;
  readonly noFace: string;
  readonly uncertain: string;
  readonly perhaps: (label: string) => string;
  readonly faces: (count: number) => string;
  readonly spoken: (label: string, percent: number) => string;
  readonly unproven: string;
  readonly privacy: string;
  readonly notices: string;
  readonly backend: string;
  readonly perFrame: string;
  readonly perPicture: string;
  readonly perSecond: string;
  readonly dropped: string;
  readonly size: (megabytes: string) => string;
  readonly proof: (percent: number) => string;
  readonly view: string;
  readonly source: string;
  readonly answer: string;
  readonly face: string;
  readonly again: string;
  readonly faults: Readonly<Record<FaultCode, string>>;
  readonly heads: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

const english: Strings = {
  code: "en",
  tagline: "Reads the emotion in a face, right here in your browser.",
  camera: "Camera",
  picture: "Picture",
  clip: "Clip",
  stop: "Stop",
  hint: "Turn on the camera, or drop or paste a picture or a clip.",
  hintPhone: "Turn on the camera, or pick a picture or a clip.",
  drop: "Drop it here",
  model: "Model",
  loading: "Loading",
  starting: "Starting…",
  ready: "Ready",
  idle: {
    none: "Nothing to read yet",
    camera: "Waiting for a face",
    clip: "Waiting for a face",
    picture: "Reading…",
  },
  noFace: "No face in sight",
  uncertain: "Uncertain",
  perhaps: (label) => `perhaps ${label.toLowerCase()}`,
  faces: (count) => (count === 1 ? "1 face" : `${count} faces`),
  spoken: (label, percent) => `${label}, ${percent} percent`,
  unproven: "This model was exported without proof that it runs here as it was trained.",
  privacy: "Nothing leaves this device.",
  notices: "Licences",
  backend: "Runs on",
  perFrame: "ms per frame",
  perPicture: "ms",
  perSecond: "results/s",
  dropped: "dropped",
  size: (megabytes) => `${megabytes} to download`,
  proof: (percent) => `same answer as the original model on ${percent}% of test faces`,
  view: "What is being read",
  source: "Camera, picture or clip",
  answer: "Answer",
  face: "Which face",
  again: "Try again",
  faults: {
    "no-manifest": "This site is incomplete: its manifest cannot be read.",
    "missing-file": "A file of this site cannot be loaded.",
    "damaged-file": "A file of this site is damaged, so it was not used.",
    "bad-contract": "The model's contract cannot be read by this page.",
    "no-backend": "No way to run the model on this device gave the right answers.",
    "camera-denied": "The camera is blocked. Allow it in the browser's address bar and try again.",
    "camera-missing": "No camera was found. Cameras also need https or localhost.",
    "camera-failed": "The camera does not start. Is another program using it?",
    "bad-picture": "This file cannot be read as a picture.",
    "bad-clip": "This clip cannot be played by the browser.",
    internal: "Something went wrong.",
  },
  heads: {
    emotion: "Emotion",
    gender: "Gender",
    age: "Age",
    mask: "Mask",
  },
  labels: {
    angry: "Angry",
    disgust: "Disgusted",
    fear: "Afraid",
    happy: "Happy",
    sad: "Sad",
    surprise: "Surprised",
    neutral: "Neutral",
  },
};

const korean: Strings = {
  code: "ko",
  tagline: "얼굴에 담긴 감정을 브라우저 안에서 바로 읽습니다.",
  camera: "카메라",
  picture: "사진",
  clip: "영상",
  stop: "중지",
  hint: "카메라를 켜거나, 사진이나 영상을 끌어다 놓거나 붙여 넣으세요.",
  hintPhone: "카메라를 켜거나, 사진이나 영상을 고르세요.",
  drop: "여기에 놓으세요",
  model: "모델",
  loading: "불러오는 중",
  starting: "시작하는 중…",
  ready: "준비되었습니다",
  idle: {
    none: "아직 읽을 것이 없습니다",
    camera: "얼굴을 기다리는 중",
    clip: "얼굴을 기다리는 중",
    picture: "읽는 중…",
  },
  noFace: "얼굴이 보이지 않습니다",
  uncertain: "불확실",
  perhaps: (label) => `아마도 ${label}`,
  faces: (count) => `얼굴 ${count}개`,
  spoken: (label, percent) => `${label}, ${percent}퍼센트`,
  unproven: "이 모델은 학습된 대로 동작하는지 검증하지 않고 내보낸 것입니다.",
  privacy: "아무것도 이 기기를 떠나지 않습니다.",
  notices: "라이선스",
  backend: "실행 방식",
  perFrame: "ms/프레임",
  perPicture: "ms",
  perSecond: "결과/초",
  dropped: "건너뜀",
  size: (megabytes) => `내려받기 ${megabytes}`,
  proof: (percent) => `시험 얼굴의 ${percent}%에서 원래 모델과 같은 답`,
  view: "읽고 있는 화면",
  source: "카메라, 사진 또는 영상",
  answer: "결과",
  face: "얼굴 고르기",
  again: "다시 시도",
  faults: {
    "no-manifest": "사이트가 완전하지 않습니다. 매니페스트를 읽을 수 없습니다.",
    "missing-file": "사이트의 파일을 불러올 수 없습니다.",
    "damaged-file": "사이트의 파일이 손상되어 사용하지 않았습니다.",
    "bad-contract": "모델의 계약 파일을 이 페이지가 읽을 수 없습니다.",
    "no-backend": "이 기기에서는 모델이 올바른 결과를 내지 못했습니다.",
    "camera-denied": "카메라가 차단되었습니다. 주소창에서 허용한 뒤 다시 시도하세요.",
    "camera-missing": "카메라를 찾을 수 없습니다. https 또는 localhost에서만 쓸 수 있습니다.",
    "camera-failed": "카메라를 켤 수 없습니다. 다른 프로그램이 쓰고 있지 않나요?",
    "bad-picture": "이 파일은 사진으로 읽을 수 없습니다.",
    "bad-clip": "브라우저가 이 영상을 재생할 수 없습니다.",
    internal: "문제가 생겼습니다.",
  },
  heads: {
    emotion: "감정",
    gender: "성별",
    age: "나이",
    mask: "마스크",
  },
  labels: {
    angry: "분노",
    disgust: "혐오",
    fear: "두려움",
    happy: "기쁨",
    sad: "슬픔",
    surprise: "놀람",
    neutral: "무표정",
  },
};

export const LANGUAGES = { en: english, ko: korean } as const;

/** The page's words in the reader's language, or in English. */
export function stringsFor(language: string): Strings {
  return language.toLowerCase().startsWith("ko") ? korean : english;
}

export function labelName(label: string, { labels }: Strings): string {
  return wordFor(label, labels);
}

export function headName(head: string, { heads }: Strings): string {
  return wordFor(head, heads);
}

/** A name that this page has no word for is shown as the contract has it, capitalised like ours. */
function wordFor(name: string, words: Readonly<Record<string, string>>): string {
  const own = Object.hasOwn(words, name) ? words[name] : undefined;
  return own ?? name.replace(/^./u, (first) => first.toUpperCase());
}
