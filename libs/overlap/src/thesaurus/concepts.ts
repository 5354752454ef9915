export const CONCEPTS = `
elder: 노인 어르신 고령자 고령 홀몸 경로 독거노인
`;
