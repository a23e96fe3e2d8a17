// Builds the style sheets, the script and the icon into OUT (first argument): names carry a hash of the content, each text
// stands there plain, gzipped and in brotli, and manifest.json says which name is which. Run by `dotnet build`.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const out = resolve(process.argv[2] ?? join(here, '../obj/assets'))

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const manifest = {}

function put (name, bytes) {
  const [stem, kind] = name.split('.')
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  const file = `${stem}-${hash}.${kind}`
  writeFileSync(join(out, file), bytes)
  writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }))
  writeFileSync(join(out, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
  manifest[name] = file
}

for (const sheet of ['open', 'desk', 'preview']) {
  const { css } = sass.compile(join(here, `sass/${sheet}.scss`), {
    style: 'expanded',
    loadPaths: [join(here, 'node_modules')],
    quietDeps: true
  })
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, legalComments: 'none', target: ['chrome100', 'firefox100', 'safari15'] })
  if (/url\(|@font-face|GDS Transport/.test(code)) throw new Error(`${sheet}.scss brings in a font or a picture; councils serve neither`)
  put(`${sheet}.css`, Buffer.from(code))
}

for (const script of ['open', 'desk', 'preview', 'passkeys', 'session']) {
  const result = await esbuild.build({
    entryPoints: [join(here, `js/${script}.mjs`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    legalComments: 'none',
    target: ['chrome100', 'firefox100', 'safari15']
  })
  put(`${script}.js`, Buffer.from(result.outputFiles[0].contents))
}

for (const picture of readdirSync(join(here, 'images'))) put(picture, readFileSync(join(here, 'images', picture)))

// Written last: the build takes this file as the sign that all others stand.
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2))
