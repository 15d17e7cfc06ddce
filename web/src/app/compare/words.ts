import type { Verdict } from "./verdict";

export interface CompareWords {
  readonly title: string;
  readonly intro: string;
  readonly reference: string;
  readonly take: string;
  readonly score: string;
  readonly chooseClip: string;
  readonly otherClip: string;
  readonly dropHere: string;
  readonly siteClips: string;
  readonly record: string;
  readonly anotherTake: string;
  readonly referenceFirst: string;
  readonly takeHint: string;
  readonly scoreHint: string;
  readonly notThis: string;
  readonly cancel: string;
  readonly start: string;
  readonly stop: string;
  readonly camera: string;
  readonly cameraWaits: string;
  readonly faceSeen: string;
  readonly playReference: string;
  readonly sound: string;
  readonly recording: string;
  readonly opening: string;
  readonly loadingClip: string;
  readonly reading: (percent: string) => string;
  readonly waitingModel: string;
  readonly saveRecording: string;
  readonly download: string;
  readonly recordingName: (number: number) => string;
  readonly points: (points: string) => string;
  readonly of100: string;
  readonly range: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  /** Of other heads than the emotion. */
  readonly plainVerdicts: Readonly<Record<Verdict, string>>;
  readonly doubtful: string;
  readonly tooShort: (seconds: string) => string;
  readonly weakest: (from: string, to: string) => string;
  readonly certainty: string;
  readonly allCompared: string;
  readonly referenceFaceless: (seconds: string) => string;
  readonly takeFaceless: (seconds: string) => string;
  readonly unsure: (reference: string, take: string) => string;
  readonly alone: (seconds: string) => string;
  readonly late: (seconds: string) => string;
  readonly early: (seconds: string) => string;
  readonly together: string;
  readonly takes: string;
  readonly takeNumber: (number: number) => string;
  readonly best: string;
  readonly inStep: string;
  readonly play: string;
  readonly pause: string;
  readonly even: string;
  readonly evenHint: string;
  readonly referenceLine: string;
  readonly takeLine: string;
  readonly chart: string;
  readonly chartOf: (head: string) => string;
  readonly perSecond: string;
  readonly time: string;
  readonly timing: string;
  readonly asTable: string;
  readonly inTime: string;
  readonly lateBy: (seconds: string) => string;
  readonly earlyBy: (seconds: string) => string;
  readonly notCompared: string;
  readonly perEmotion: string;
  readonly perLabel: (head: string) => string;
  readonly shareTitle: string;
  readonly shareOfAll: (percent: string) => string;
  readonly pickOut: string;
  readonly pickOutLabel: string;
  readonly band: string;
  readonly bandOff: string;
  readonly bandHint: string;
  readonly head: string;
  readonly neverTogether: string;
  readonly faceless: string;
  readonly incomparable: string;
  readonly tooLong: string;
}

const english: CompareWords = {
  title: "How close is your acting?",
  intro:
    "Choose a clip, act it out in front of your camera, and see from 0 to 100 how alike you are.",
  reference: "Reference",
  take: "Your take",
  score: "Score",
  chooseClip: "Choose a clip",
  otherClip: "Other clip",
  dropHere: "The clip to act after: a close‑up of one face works best. You can also drop it here.",
  siteClips: "Or one of these",
  record: "Record with the camera",
  anotherTake: "Another take",
  referenceFirst: "First choose what to act after.",
  takeHint: "Act it out in front of your camera, or choose a clip that you have already.",
  scoreHint:
    "The emotions that the model reads in both faces are laid over each other, moment by moment.",
  notThis: "It tells how alike the two look to the model, not how good the acting is.",
  cancel: "Cancel",
  start: "Start",
  stop: "Done",
  camera: "Camera",
  cameraWaits: "Waiting for the camera…",
  faceSeen: "Your face is in sight",
  playReference: "Play the reference",
  sound: "With sound",
  recording: "Recording",
  opening: "Opening the clip…",
  loadingClip: "Loading the clip…",
  reading: (percent) => `Reading the face, frame by frame: ${percent}`,
  waitingModel: "Waiting for the model…",
  saveRecording: "Save video",
  download: "Download all (JSON)",
  recordingName: (number) => `Take ${number}`,
  points: (points) => `${points} of 100`,
  of100: "of 100",
  range: "0–100",
  verdicts: {
    same: "Nearly the same. Your face tells this story moment by moment.",
    close: "Close. Most moments match; some are fainter, or other ones.",
    part: "Alike in part. Some moments match, others do not.",
    other: "Different. Your face shows other emotions than the reference, or hardly any.",
  },
  plainVerdicts: {
    same: "Nearly the same, moment by moment.",
    close: "Close. Most moments match; some do less.",
    part: "Alike in part. Some moments match, others do not.",
    other: "Different. The model reads something else in your take than in the reference.",
  },
  doubtful: "Little of the two clips could be compared, so this score says little.",
  tooShort: (seconds) => `A clip of ${seconds} s is too short to be sure.`,
  weakest: (from, to) => `Watch ${from} to ${to}, where most was lost`,
  certainty: "Certainty",
  allCompared: "Every moment of both clips could be compared.",
  referenceFaceless: (seconds) => `The reference shows no face for ${seconds} s.`,
  takeFaceless: (seconds) => `Your take shows no face for ${seconds} s.`,
  unsure: (reference, take) =>
    `The model is unsure in ${reference} of the reference and ${take} of your take.`,
  alone: (seconds) => `Only one of the clips covers ${seconds} s.`,
  late: (seconds) => `You began ${seconds} s late; that costs nothing.`,
  early: (seconds) => `You began ${seconds} s early; that costs nothing.`,
  together: "You began at the same time.",
  takes: "Your takes so far",
  takeNumber: (number) => `Take ${number}`,
  best: "best",
  inStep: "Moment by moment",
  play: "Play both",
  pause: "Pause",
  even: "Even out early and late",
  evenHint: "Shows what was compared with what",
  referenceLine: "Reference",
  takeLine: "Your take",
  chart: "Emotions of both clips over time",
  chartOf: (head) => `${head} of both clips over time`,
  perSecond: "Second by second",
  time: "Time",
  timing: "Timing",
  asTable: "As a table",
  inTime: "in time",
  lateBy: (seconds) => `${seconds} s late`,
  earlyBy: (seconds) => `${seconds} s early`,
  notCompared: "not compared",
  perEmotion: "Emotion by emotion",
  perLabel: (head) => `${head}, label by label`,
  shareTitle: "Share",
  shareOfAll: (percent) => `${percent} of the whole`,
  pickOut: "Press one to see it alone in the curves.",
  pickOutLabel: "Press one to see it alone in the curves.",
  band: "Forgiven timing",
  bandOff: "nothing",
  bandHint: "How early or late a moment may come without loss.",
  head: "What is compared",
  neverTogether: "At no time do both clips show a face, so there is nothing to compare.",
  faceless: "One of the clips shows no face, so there is nothing to compare.",
  incomparable: "These two clips cannot be compared.",
  tooLong: "Clips of more than an hour cannot be compared. Please cut it.",
};

const korean: CompareWords = {
  title: "얼마나 비슷하게 연기했을까요?",
  intro:
    "영상을 고르고 카메라 앞에서 따라 연기해 보세요. 얼마나 닮았는지 0~100점으로 알려 드립니다.",
  reference: "기준 영상",
  take: "내 연기",
  score: "점수",
  chooseClip: "영상 고르기",
  otherClip: "다른 영상",
  dropHere:
    "따라 연기할 영상입니다. 한 사람의 얼굴이 크게 나오면 가장 좋습니다. 여기에 끌어다 놓아도 됩니다.",
  siteClips: "준비된 영상에서 고르기",
  record: "카메라로 녹화",
  anotherTake: "다시 연기하기",
  referenceFirst: "먼저 따라 할 영상을 골라 주세요.",
  takeHint: "카메라 앞에서 연기하거나, 가지고 있는 영상을 고르세요.",
  scoreHint: "모델이 두 얼굴에서 읽은 감정을 순간마다 겹쳐서 비교합니다.",
  notThis: "모델이 보기에 얼마나 닮았는지를 나타내며, 연기의 좋고 나쁨은 아닙니다.",
  cancel: "취소",
  start: "시작",
  stop: "끝내기",
  camera: "카메라",
  cameraWaits: "카메라를 기다리는 중…",
  faceSeen: "얼굴이 잘 보입니다",
  playReference: "기준 영상 재생",
  sound: "소리",
  recording: "녹화 중",
  opening: "영상을 여는 중…",
  loadingClip: "영상을 불러오는 중…",
  reading: (percent) => `얼굴을 한 프레임씩 읽는 중: ${percent}`,
  waitingModel: "모델을 기다리는 중…",
  saveRecording: "녹화 저장",
  download: "전체 내려받기 (JSON)",
  recordingName: (number) => `${number}번째 연기`,
  points: (points) => `${points}점`,
  of100: "100점 만점",
  range: "0~100점",
  verdicts: {
    same: "거의 같습니다. 순간마다 같은 감정이 보입니다.",
    close: "비슷합니다. 대부분의 순간이 맞고, 일부는 약하거나 다릅니다.",
    part: "일부만 비슷합니다. 맞는 순간도 있고 다른 순간도 있습니다.",
    other: "다릅니다. 기준 영상과 다른 감정이 보이거나 감정이 거의 보이지 않습니다.",
  },
  plainVerdicts: {
    same: "순간마다 거의 같습니다.",
    close: "비슷합니다. 대부분의 순간이 맞고, 일부는 덜 맞습니다.",
    part: "일부만 비슷합니다. 맞는 순간도 있고 다른 순간도 있습니다.",
    other: "다릅니다. 모델이 내 연기에서 기준 영상과 다른 것을 읽습니다.",
  },
  doubtful: "비교할 수 있는 부분이 적어 이 점수는 큰 의미가 없습니다.",
  tooShort: (seconds) => `${seconds}초짜리 영상은 너무 짧아 확실하지 않습니다.`,
  weakest: (from, to) => `점수를 가장 많이 잃은 ${from}~${to} 보기`,
  certainty: "신뢰도",
  allCompared: "두 영상의 모든 순간을 비교했습니다.",
  referenceFaceless: (seconds) => `기준 영상에 ${seconds}초 동안 얼굴이 없습니다.`,
  takeFaceless: (seconds) => `내 연기에 ${seconds}초 동안 얼굴이 없습니다.`,
  unsure: (reference, take) =>
    `모델이 기준 영상의 ${reference}, 내 연기의 ${take}에서 확신하지 못합니다.`,
  alone: (seconds) => `${seconds}초는 한쪽 영상에만 있습니다.`,
  late: (seconds) => `${seconds}초 늦게 시작했습니다. 감점은 없습니다.`,
  early: (seconds) => `${seconds}초 일찍 시작했습니다. 감점은 없습니다.`,
  together: "동시에 시작했습니다.",
  takes: "지금까지의 연기",
  takeNumber: (number) => `${number}번째`,
  best: "최고",
  inStep: "순간별로 보기",
  play: "함께 재생",
  pause: "일시정지",
  even: "타이밍 차이 맞추기",
  evenHint: "실제로 비교한 순간끼리 보여 줍니다",
  referenceLine: "기준 영상",
  takeLine: "내 연기",
  chart: "시간에 따른 두 영상의 감정",
  chartOf: (head) => `시간에 따른 두 영상의 ${head}`,
  perSecond: "초 단위 점수",
  time: "시간",
  timing: "타이밍",
  asTable: "표로 보기",
  inTime: "제때",
  lateBy: (seconds) => `${seconds}초 늦음`,
  earlyBy: (seconds) => `${seconds}초 빠름`,
  notCompared: "비교 안 함",
  perEmotion: "감정별 점수",
  perLabel: (head) => `항목별 점수: ${head}`,
  shareTitle: "비중",
  shareOfAll: (percent) => `전체의 ${percent}`,
  pickOut: "누르면 그 감정의 곡선만 볼 수 있습니다.",
  pickOutLabel: "누르면 그 항목의 곡선만 볼 수 있습니다.",
  band: "타이밍 허용 범위",
  bandOff: "없음",
  bandHint: "이만큼 빠르거나 늦어도 감점하지 않습니다.",
  head: "비교할 항목",
  neverTogether: "두 영상에 동시에 얼굴이 보이는 순간이 없어 비교할 수 없습니다.",
  faceless: "얼굴이 보이지 않는 영상이 있어 비교할 수 없습니다.",
  incomparable: "두 영상을 비교할 수 없습니다.",
  tooLong: "한 시간이 넘는 영상은 비교할 수 없습니다. 짧게 잘라 주세요.",
};

export const COMPARE_WORDS = { en: english, ko: korean } as const;
