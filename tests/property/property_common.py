"""What the property tests of a record share: reports made by varying the examples, and the command.

Standard library only. Every random choice comes from a seed, so that a failure can be seen again."""
import os, shutil, sqlite3, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../tools'))
from varied_reports import vary, write_reports  # for the tests that import from here

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
