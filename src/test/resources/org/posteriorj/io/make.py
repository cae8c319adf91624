# Makes the small HDF5 files beside it (python3-h5py, and ismrmrd-tools from Debian).
import subprocess, numpy as np, h5py
subprocess.run("rm -f ismrmrd.h5; ismrmrd_generate_cartesian_shepp_logan -m 24 -c 2 -C -n 0.05 -o ismrmrd.h5", shell=True, check=True)
ft = lambda x: np.fft.fftshift(np.fft.fft2(np.fft.ifftshift(x, axes=(-2, -1)), norm="ortho"), axes=(-2, -1))
y, x = np.mgrid[0:12, 0:32]
im = ((abs(x - 15) < 5) & (abs(y - 5) < 3)) * (1 + 0.1 * x + 0.05j * y)      # rows = phase, columns = readout, oversampled 2
im = np.stack([im, im * 1j])[None]
xml = """<ismrmrdHeader xmlns="http://www.ismrm.org/ISMRMRD"><encoding><encodedSpace><matrixSize><x>32</x><y>12</y><z>1</z></matrixSize>
<fieldOfView_mm><x>320</x><y>120</y><z>5</z></fieldOfView_mm></encodedSpace><reconSpace><matrixSize><x>16</x><y>12</y><z>1</z></matrixSize>
<fieldOfView_mm><x>160</x><y>120</y><z>5</z></fieldOfView_mm></reconSpace></encoding></ismrmrdHeader>"""
k = ft(im).astype(np.complex64)
k[..., 3, :] = 0
with h5py.File("fastmri.h5", "w") as f:
    f["kspace"] = k.swapaxes(-1, -2)
    f["ismrmrd_header"] = xml
expected = ft(im[..., 8:24]).astype(np.complex64)
expected[..., 3, :] = 0
np.save("fastmri-cropped.npy", expected)
# An ISMRMRD scan along 12 spokes of 48 samples, 1 coil, positions in cycles per pixel, a noise scan first; the object is one pixel of 1 at row 9, column 16
# and one of 0.5 at row 12, column 5 of 24 x 20 (rows x columns), pixels of 10 x 12 x 5 mm (x, y, z).
idx = np.dtype([(n, "<u2") for n in ("kspace_encode_step_1 kspace_encode_step_2 average slice contrast phase repetition set segment").split()] + [("user", "<u2", 8)])
head = np.dtype([("version", "<u2"), ("flags", "<u8"), ("number_of_samples", "<u2"), ("active_channels", "<u2"), ("discard_pre", "<u2"), ("discard_post", "<u2"),
                 ("center_sample", "<u2"), ("trajectory_dimensions", "<u2"), ("sample_time_us", "<f4"), ("idx", idx)])
floats = h5py.vlen_dtype(np.dtype("<f4"))
rows = np.zeros(13, np.dtype([("head", head), ("traj", floats), ("data", floats)]))
rng = np.random.default_rng(1)
for i, row in enumerate(rows):
    h = row["head"]
    h["version"], h["number_of_samples"], h["active_channels"], h["sample_time_us"], h["center_sample"] = 1, 48, 1, 5, 24
    if i == 0:
        h["flags"], row["traj"], row["data"] = 1 << 18, np.zeros(0, "<f4"), rng.normal(0, 0.01, 96).astype("<f4")
        continue
    k, a = np.arange(48) / 48 - 0.5, np.pi * (i - 1) / 12
    kx, ky = k * np.cos(a), k * np.sin(a)
    y = sum(v * np.exp(-2j * np.pi * (ky * (r - 12) + kx * (c - 10))) for v, r, c in ((1, 9, 16), (0.5, 12, 5))) / np.sqrt(24 * 20)
    h["trajectory_dimensions"], row["traj"] = 2, np.stack([kx, ky], 1).ravel().astype("<f4")
    row["data"] = np.stack([y.real, y.imag], 1).ravel().astype("<f4")
xml = """<ismrmrdHeader xmlns="http://www.ismrm.org/ISMRMRD"><encoding><encodedSpace><matrixSize><x>40</x><y>24</y><z>1</z></matrixSize>
<fieldOfView_mm><x>400</x><y>288</y><z>5</z></fieldOfView_mm></encodedSpace><reconSpace><matrixSize><x>20</x><y>24</y><z>1</z></matrixSize>
<fieldOfView_mm><x>200</x><y>288</y><z>5</z></fieldOfView_mm></reconSpace><trajectory>radial</trajectory></encoding></ismrmrdHeader>"""
with h5py.File("ismrmrd-radial.h5", "w") as f:
    f.create_dataset("dataset/data", data=rows)
    f.create_dataset("dataset/xml", data=np.array([xml], object), dtype=h5py.string_dtype())
