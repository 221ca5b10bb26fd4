"""The registry's way in: it is read as a whole, checked, compared, and put in force."""

from storage.registry.comparison import Change as Change
from storage.registry.comparison import Preview as Preview
from storage.registry.comparison import Tally as Tally
from storage.registry.loader import SAMPLE as SAMPLE
from storage.registry.loader import load as load
from storage.registry.loader import load_sample as load_sample
from storage.registry.loader import preview as preview
from storage.registry.loader import size as size
from storage.registry.reader import Reading as Reading
from storage.registry.reader import read as read
