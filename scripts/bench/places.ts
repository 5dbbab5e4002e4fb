import { cacheFolder } from '../../src/lib/index.ts'

/** Where docs/reproduce.md puts what `understudy-nano` was made from. */
export const nano = {
  corpus: cacheFolder('corpora/v1'),
  tokenizer: cacheFolder('tokenizers/v1.json'),
  shards: cacheFolder('shards/nano-v1'),
  run: cacheFolder('runs/understudy-nano'),
}

export const needsNano = 'the files of docs/reproduce.md in the cache folder'
