"""The child that shrinks one picture: reads it on standard input, writes a small JPEG, knows nothing else.

Run as a script of its own, with memory, time, files and connections given up first: a hostile picture can end this
process and nothing more. What it writes is drawn anew from the points alone, so that place, time and device of a photo
(EXIF) do not go with it.
"""

import io
import resource
import sys

SIDE = 480
MOST_POINTS = 50_000_000
MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 10


def main() -> int:
    from PIL import Image, ImageOps

    Image.init()
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > MOST_POINTS:
            return 1
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE, SIDE))
        flat = Image.new("RGB", upright.size, "white")
        clear = upright.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=80)
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
