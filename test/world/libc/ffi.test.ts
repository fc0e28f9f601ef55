import {describe, expect, test} from 'vitest';
import {openNative} from '../../../src/world/libc/ffi.ts';

const never = (): never => {
  throw new Error("Cannot find package 'koffi'\nRequire stack: …");
};

describe('opening libc', () => {
  test('without koffi says what is missing and what to do', () => {
    const opened = openNative({platform: 'linux', architecture: 'x64', require: never});
    expect(opened).toMatchObject({available: false});
    expect(opened.available ? '' : opened.why).toMatch(/koffi.*Cannot find package.*npm install koffi/);
    expect(opened.available ? '' : opened.why).not.toMatch(/\n/);
  });

  test.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'ppc64'],
  ])('on %s %s says that its constants are not known', (platform, architecture) => {
    const opened = openNative({platform, architecture, require: never});
    expect(opened.available ? '' : opened.why).toMatch(new RegExp(`Linux.*${platform}`));
  });

  test('gives the same answer each time', () => {
    expect(openNative()).toBe(openNative());
  });
});
