export const TOPICS = `
elder-care: 노인 돌봄 안부 고독사 응급 생활지원사
`;
