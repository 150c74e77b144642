// Stands in for react-devtools-core in the bundle; Ink only calls it when DEV=true, which a bundle never serves.

export function initialize(): void {}
export function connectToDevTools(): void {}
export default { initialize, connectToDevTools };
