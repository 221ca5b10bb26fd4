"""How does a registry come in? It is read as a whole, judged, compared with what stands there, and put in force."""

from storage.registry.comparing import Change as Change
from storage.registry.comparing import Preview as Preview
from storage.registry.comparing import Tally as Tally
from storage.registry.loading import SAMPLE as SAMPLE
from storage.registry.loading import load as load
from storage.registry.loading import load_sample as load_sample
from storage.registry.loading import preview as preview
from storage.registry.loading import size as size
from storage.registry.reading import Reading as Reading
from storage.registry.reading import read as read
