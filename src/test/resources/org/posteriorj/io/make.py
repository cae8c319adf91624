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
