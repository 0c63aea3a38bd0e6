export function assertEqual(actual, expected, what = 'value') {
  const [was, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (was !== wanted) {
    throw new Error(`${what}: expected ${wanted} but was ${was}`);
  }
}

export function assertTrue(condition, what) {
  if (condition !== true) {
    throw new Error(`not so: ${what}`);
  }
}

/** @returns {Promise<unknown>} what was thrown */
export async function assertThrows(action, what) {
  let thrown;
  try {
    await action();
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) {
    throw new Error(`expected a failure: ${what}`);
  }
  return thrown;
}
