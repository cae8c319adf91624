#!/usr/bin/env python3
"""Cuts the sample slice out of Colin27 (Debian package mricron-data).

usage: make-slice.py /usr/share/mricron/templates/ch2.nii.gz colin27-axial.nii

One axial slice, anterior up, is padded to 224 x 188 pixels of 1 mm and cropped in k-space to 192 x 160
(1.167 x 1.175 mm), with a mild Gaussian apodisation against ringing; values are divided by 255.
"""
import gzip
import struct
import sys

import numpy as np

SLICE = 80
ROWS, COLUMNS = 192, 160
PADDED_ROWS, PADDED_COLUMNS = 224, 188


def main(source, target):
    raw = gzip.open(source, "rb").read()
    nx, ny, nz = struct.unpack("<8h", raw[40:56])[1:4]
    volume = np.frombuffer(raw, "u1", offset=352, count=nx * ny * nz).reshape(nz, ny, nx)
    image = volume[SLICE, ::-1].astype(float) / 255
    top, left = (PADDED_ROWS - ny) // 2, (PADDED_COLUMNS - nx) // 2
    padded = np.pad(image, ((top, PADDED_ROWS - ny - top), (left, PADDED_COLUMNS - nx - left)))
    k = np.fft.fftshift(np.fft.fft2(np.fft.ifftshift(padded)))
    r0, c0 = PADDED_ROWS // 2 - ROWS // 2, PADDED_COLUMNS // 2 - COLUMNS // 2
    k = k[r0:r0 + ROWS, c0:c0 + COLUMNS]
    window = np.outer(gaussian(ROWS), gaussian(COLUMNS))
    small = np.fft.fftshift(np.fft.ifft2(np.fft.ifftshift(k * window))).real
    small = np.clip(small * ROWS * COLUMNS / (PADDED_ROWS * PADDED_COLUMNS), 0, None)
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 2, COLUMNS, ROWS, 1, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 16, 32)
    struct.pack_into("<4f", header, 76, 1, PADDED_COLUMNS / COLUMNS, PADDED_ROWS / ROWS, 1)
    struct.pack_into("<3f", header, 108, 352, 1, 0)
    header[123] = 2  # millimetres
    header[344:348] = b"n+1\0"
    with open(target, "wb") as out:
        out.write(header + small.astype("<f4").tobytes())


def gaussian(n):
    return np.exp(-0.5 * ((np.arange(n) - n // 2) / (0.6 * n)) ** 2)


main(*sys.argv[1:])
