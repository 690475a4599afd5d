"""Reports for tests and benchmarks, made by varying the invented ones of examples/: other names, numbers and
days, sentences left out. Report i is the same on every machine. Standard library only."""
import glob, os, random, re

here = os.path.dirname(os.path.abspath(__file__))
examples = [open(f, encoding='utf8').read() for f in sorted(glob.glob(os.path.join(here, '../examples/reports/*.txt')))]
names = sorted(set(re.findall(r'\b(?:Valdoria|Kestria|Orlind|Ekholm|Vashko|Vasko|Lindhaven|Sarn|Brandt|Sorel|Aldenport|Tessany)', ' '.join(examples))))
parts = ['Bor', 'Cal', 'Del', 'Fen', 'Gar', 'Hul', 'Jor', 'Kel', 'Lor', 'Mar', 'Nor', 'Ost', 'Pel', 'Rud', 'Sel', 'Tor', 'Vel', 'Wen']
months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

def vary(i):
    """report i: of one of many processes, about 25 reports each"""
    process = random.Random(i // 25)
    other = {n: process.choice(parts) + process.choice(['ia', 'and', 'or', 'en', 'ak', 'is']) + process.choice(['', 'd', 'n']) for n in names}
    year, month = 1995 + process.randrange(28), process.choice(months)
    rng = random.Random(i * 7919)
    text = rng.choice(examples)
    for n, o in other.items(): text = re.sub(n, o, text)
    text = re.sub('2024', str(year), text)
    text = re.sub('March', month, text)
    text = re.sub(r'\b(\d\d) (?!%)', lambda m: f'{rng.randrange(10, 99)} ', text)
    lines = [l for l in text.split('\n') if not (len(l) > 80 and rng.random() < 0.15)]
    return '\n'.join(lines) + f'\nReport {i} of the desk.\n'

def write_reports(folder, count, first=0):
    os.makedirs(folder, exist_ok=True)
    for i in range(first, first + count):
        with open(os.path.join(folder, f'{i:06d}.txt'), 'w', encoding='utf8') as f: f.write(vary(i))
