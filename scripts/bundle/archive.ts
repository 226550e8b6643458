import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/**
 * Writes a folder into a `.tar.gz` whose bytes depend on its content alone: names in order, one time, no owner.
 *
 * @param place the directory in which `folder` lies
 * @param time of every file, in seconds since 1970
 * @returns SHA-256 (hexadecimal) and size of what was written
 * @throws Error when `tar` (GNU) fails; it has said why
 */
export async function archive(
  place: string,
  folder: string,
  file: string,
  time: number,
): Promise<{ sha256: string; bytes: number }> {
  const words = ['--sort=name', '--format=gnu', `--mtime=@${time}`, '--owner=0', '--group=0']
  const tar = spawn('tar', [...words, '--numeric-owner', '--mode=go-w,a+rX', '-C', place, '-c', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(tar, 'close')
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    tar.stdout,
    createGzip(),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(file),
  )
  const [status] = (await ended) as [number | null]
  if (status !== 0) throw new Error(`tar ended with ${status}`)
  return { sha256: hash.digest('hex'), bytes }
}
