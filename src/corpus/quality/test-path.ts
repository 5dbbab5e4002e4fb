const TEST_PATH =
  /(?:^|\/)(?:tests?|testing|__tests__|spec|specs)\/|(?:^|\/)test_[^/]*$|[._-](?:test|tests|spec)\.\w+$|(?:Test|Tests|TestCase)\.(?:java|php)$|_test\.\w+$/

/** True where the path is that of a test. SQL that people write for its own sake lies in the suites of databases. */
export function isTestPath(path: string, language: string): boolean {
  return language !== 'sql' && TEST_PATH.test(path)
}
