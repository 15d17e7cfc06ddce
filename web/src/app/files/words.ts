import type { Language } from "../words";

export interface FilesWords {
  readonly title: string;
  readonly stage: string;
  readonly hint: string;
  readonly choose: string;
  readonly more: string;
  readonly taken: string;
  readonly remove: (name: string) => string;
  readonly waiting: string;
  readonly waitingForModel: string;
  readonly reading: string;
  readonly readSoFar: (done: string, duration: string) => string;
  readonly speed: (times: string) => string;
  readonly left: (seconds: number) => string;
  readonly stop: string;
  readonly stopped: (time: string) => string;
  readonly readTo: (time: string) => string;
  readonly again: string;
  readonly noFace: string;
  readonly notYet: string;
  readonly timeline: string;
  readonly play: string;
  readonly pause: string;
  readonly smooth: string;
  readonly save: string;
  readonly saveAll: (pictures: number) => string;
  readonly allRead: (files: number) => string;
  readonly failed: (name: string, why: string) => string;
}

export const FILES_WORDS: Readonly<Record<Language, FilesWords>> = {
  en: {
    title: "Photos and clips",
    stage: "Photo or clip",
    hint: "Drop photos and clips here, paste them, or choose them. They stay on this device.",
    choose: "Choose files",
    more: "Add files",
    taken: "Files",
    remove: (name) => `Remove ${name}`,
    waiting: "Waiting",
    waitingForModel: "Waiting for the model",
    reading: "Reading…",
    readSoFar: (done, duration) => `${done} of ${duration}`,
    speed: (times) => `${times}× speed`,
    left: (seconds) => `${seconds} s left`,
    stop: "Stop reading",
    stopped: (time) => `Stopped at ${time}`,
    readTo: (time) => `Read, ${time}`,
    again: "Read it all",
    noFace: "No face",
    notYet: "Not read yet",
    timeline: "Timeline",
    play: "Play",
    pause: "Pause",
    smooth: "Smooth over time",
    save: "Save the results",
    saveAll: (pictures) =>
      pictures === 1 ? "Save the results" : `Save the results of ${pictures} photos`,
    allRead: (files) =>
      files === 1 ? "The file has been read" : `All ${files} files have been read`,
    failed: (name, why) => `${name}: ${why}`,
  },
  ko: {
    title: "사진과 영상",
    stage: "사진 또는 영상",
    hint: "사진이나 영상을 끌어다 놓거나, 붙여 넣거나, 골라 주세요. 파일은 기기 밖으로 나가지 않습니다.",
    choose: "파일 고르기",
    more: "파일 추가",
    taken: "파일",
    remove: (name) => `${name} 제거`,
    waiting: "대기 중",
    waitingForModel: "모델을 기다리는 중",
    reading: "읽는 중…",
    readSoFar: (done, duration) => `${duration} 중 ${done}`,
    speed: (times) => `${times}배속`,
    left: (seconds) => `${seconds}초 남음`,
    stop: "읽기 중지",
    stopped: (time) => `${time}에서 중지됨`,
    readTo: (time) => `완료, ${time}`,
    again: "끝까지 읽기",
    noFace: "얼굴 없음",
    notYet: "아직 읽지 않았습니다",
    timeline: "타임라인",
    play: "재생",
    pause: "일시정지",
    smooth: "부드럽게 보기",
    save: "결과 저장",
    saveAll: (pictures) => (pictures === 1 ? "결과 저장" : `사진 ${pictures}장의 결과 저장`),
    allRead: (files) => (files === 1 ? "파일을 읽었습니다" : `파일 ${files}개를 모두 읽었습니다`),
    failed: (name, why) => `${name}: ${why}`,
  },
};
