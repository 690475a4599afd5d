"""What the property tests of a record share: reports made by varying the examples, and the command.

Standard library only. Every random choice comes from a seed, so that a failure can be seen again."""
import glob, os, random, re, shutil, sqlite3, subprocess, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))
examples = [open(f, encoding='utf8').read() for f in sorted(glob.glob(os.path.join(here, '../../examples/reports/*.txt')))]
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

class Command:
    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.folder = tempfile.mkdtemp(prefix='rap-property-')
        os.environ['NO_COLOR'] = '1'
        os.environ.pop('RAPPORTEUR_AS', None)
    def path(self, name): return os.path.join(self.folder, name)
    def run(self, *args, stdin=None, allow=(0,)):
        """standard output, standard error"""
        r = subprocess.run([self.program, *map(str, args)], input=stdin, capture_output=True, text=True, encoding='utf8', errors='replace')
        if allow is not None and r.returncode not in allow:
            self.fail(f'{" ".join(map(str, args))[:300]}: exit {r.returncode}\n{r.stdout[-2000:]}{r.stderr[-2000:]}')
        return r
    def verify(self, record, what):
        r = self.run('verify', '-q', record, allow=None)
        if r.returncode: self.fail(f'{what}: verify says\n{r.stdout[:2000]}{r.stderr[:2000]}')
    def fail(self, what):
        print(what, file=sys.stderr)
        print(f'left in {self.folder}', file=sys.stderr)
        sys.exit(1)
    def done(self, line):
        print(line)
        shutil.rmtree(self.folder)

def option(name, default):
    """--name N from the command line"""
    if name not in sys.argv: return default
    return int(sys.argv[sys.argv.index(name) + 1])

def rows(record, sql, *values):
    c = sqlite3.connect(f'file:{record}?mode=ro', uri=True)
    c.text_factory = lambda b: b.decode('utf8', 'surrogateescape')
    try: return c.execute(sql, values).fetchall()
    finally: c.close()
