"""Makes python-eps.pt, python-eps.npy and python-weights.pt with PyTorch; run in this folder. The network is random: what counts is its export."""
import json

import numpy
import torch
from torch import nn
from torch.nn import functional as F


class Tiny(nn.Module):
	"""Predicts noise from a VP state and a whole-numbered time; group norm, attention, resizing, learned variances."""

	def __init__(self):
		super().__init__()
		self.embed = nn.Linear(16, 16)
		self.first = nn.Conv2d(2, 16, 3, padding=1)
		self.norm = nn.GroupNorm(4, 16)
		self.qkv = nn.Conv2d(16, 48, 1)
		self.drop = nn.Dropout(0.5)
		self.last = nn.Conv2d(16, 4, 3, padding=1)

	def forward(self, x, t):
		angles = t.float()[:, None] * torch.exp(-torch.arange(8, device=x.device) / 2.0)
		e = F.silu(self.embed(torch.cat([angles.cos(), angles.sin()], 1)))[:, :, None, None]
		h = F.silu(self.norm(self.first(x)) + e)
		low = F.avg_pool2d(h, 4)
		b, c, height, width = low.shape
		q, k, v = self.qkv(low).reshape(b, 3, c, height * width).transpose(2, 3).unbind(1)
		low = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, c, height, width)
		h = h + F.interpolate(low, scale_factor=4, mode="nearest")
		return self.last(self.drop(h))


torch.manual_seed(1)
net = Tiny().eval()
traced = torch.jit.trace(net, (torch.zeros(1, 2, 48, 40), torch.zeros(1, dtype=torch.long)))
meta = {"name": "python-eps", "version": "1", "licence": "CC0", "channels": 2, "parameterisation": "eps", "sigmaMin": 0.01, "sigmaMax": 100,
	"sigmaData": 0.5, "multipleOf": 4, "convention": {"label": "ddpm-linear", "rangeScale": 2, "rangeShift": -1}}
torch.jit.save(traced, "python-eps.pt", _extra_files={"meta.json": json.dumps(meta)})

# D at the level of time 100, image range 0..1, network range -1..1
signal = torch.cumprod(1 - torch.linspace(1e-4, 2e-2, 1000, dtype=torch.float64), 0)[100]
sigma = float(torch.sqrt((1 - signal) / signal))
x = torch.sin(0.1 * torch.arange(2 * 48 * 40, dtype=torch.float32)).reshape(1, 2, 48, 40)
with torch.no_grad():
	u = 2 * x - 1
	noise = net(u * float(signal.sqrt()), torch.tensor([100]))[:, :2]
	denoised = (u - sigma * noise + 1) / 2
numpy.save("python-eps.npy", denoised.squeeze(0).numpy())

# weights alone, of our own network with 1 channel, widths 8 8, blocks 1 1, in order of their names
block = lambda name: [(name + ".conv1_weight", 8, 8, 3, 3), (name + ".conv1_bias", 8), (name + ".conv2_weight", 8, 8, 3, 3), (name + ".conv2_bias", 8),
	(name + ".film_weight", 16, 128), (name + ".film_bias", 16)]
shapes = [("embed1_weight", 128, 64), ("embed1_bias", 128), ("embed2_weight", 128, 128), ("embed2_bias", 128), ("stem_weight", 8, 4, 3, 3), ("stem_bias", 8),
	("pool0_weight", 8, 8, 2, 2), ("pool0_bias", 8), ("unpool0_weight", 8, 8, 2, 2), ("unpool0_bias", 8), ("head_weight", 4, 8, 3, 3), ("head_bias", 4)]
for name in ["down0_0", "down1_0", "up0_0", "up0_1"]:
	shapes += block(name)
weights = {}
for k, (name, *shape) in enumerate(sorted(shapes)):
	weights[name] = (0.3 * torch.sin(k + 0.1 * torch.arange(int(numpy.prod(shape)), dtype=torch.float64))).reshape(shape).half()
torch.save(weights, "python-weights.pt")
