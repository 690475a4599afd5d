#!/usr/bin/env python3
"""The arrows of the house: a module includes its own headers, the public headers of modules
it declares in CMakeLists.txt, and nothing private of another. Exits 1 and names what does not."""
import os, re, sys

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
cmake = open(os.path.join(root, 'CMakeLists.txt'), encoding='utf8').read()
uses, order, apart = {}, [], []
for body in re.findall(r'^rap_module\(([^)]*)\)', cmake, re.M):
    words = body.split()
    name, rest = words[0], words[1:]
    if 'APART' in rest: apart.append(name)
    listed = []
    if 'USES' in rest:
        for word in rest[rest.index('USES') + 1:]:
            if word == 'PRIVATE_LIBS': break
            listed.append(word)
    uses[name] = listed
    for other in listed:
        if other not in order: sys.exit(f'CMakeLists.txt: {name} uses {other}, which is not to its left')
    order.append(name)
owner = {}
for module in order:
    for file in os.listdir(os.path.join(root, 'src', module)):
        if file.endswith('.h'):
            if file in owner: sys.exit(f'two headers are called {file}: {owner[file]} and {module}')
            owner[file] = module
bad = []
for module in order:
    folder = os.path.join(root, 'src', module)
    for file in sorted(os.listdir(folder)):
        if not file.endswith(('.c', '.h')): continue
        for number, line in enumerate(open(os.path.join(folder, file), encoding='utf8'), 1):
            m = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not m: continue
            target = owner.get(m[1])
            where = f'src/{module}/{file}:{number}'
            if m[1] == 'rapporteur.h':
                if module != 'rapporteur': bad.append(f'{where}: the installed header belongs to src/rapporteur')
            elif target is None: bad.append(f'{where}: unknown header {m[1]}')
            elif target != module and target not in uses[module]: bad.append(f'{where}: {module} does not declare {target}')
            elif target != module and m[1].endswith('_private.h'): bad.append(f'{where}: {m[1]} is private to {target}')
for file in os.listdir(os.path.join(root, 'apps')):
    for number, line in enumerate(open(os.path.join(root, 'apps', file), encoding='utf8'), 1):
        m = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not m: continue
        if m[1] != 'rapporteur.h' and owner.get(m[1]) not in (None, 'base', *apart): bad.append(f'apps/{file}:{number}: an application includes only rapporteur.h, or what is no part of the library')
print('\n'.join(bad) or f'{len(order)} modules, all arrows point left')
sys.exit(bool(bad))
