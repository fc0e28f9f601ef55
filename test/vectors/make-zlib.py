"""Writes zlib-decompressobj.json: what CPython's decompressobj answers to scripts of calls.

    python3 test/vectors/make-zlib.py > test/vectors/zlib-decompressobj.json
"""
import gzip, io, json, random, sys, zlib

rnd=random.Random(5)
H=lambda b:b.hex()
def run(wbits,zdict,steps):
    try: d=zlib.decompressobj(wbits,zdict) if zdict is not None else zlib.decompressobj(wbits)
    except Exception as e: return [{'error':type(e).__name__ if not isinstance(e,zlib.error) else 'zlib.error','message':str(e)}]
    out=[]
    for s in steps:
        r={}
        try:
            if s[0]=='decompress': r['out']=H(d.decompress(bytes.fromhex(s[1]),*s[2:]))
            elif s[0]=='tail': r['out']=H(d.decompress(d.unconsumed_tail,*s[1:]))
            else: r['out']=H(d.flush(*s[1:]))
        except Exception as e:
            r={'error':'zlib.error' if isinstance(e,zlib.error) else type(e).__name__,'message':str(e)}
        r.update(eof=d.eof,unused=H(d.unused_data),unconsumed=H(d.unconsumed_tail))
        out.append(r)
    return out
cases=[]
def case(name,wbits,steps,zdict=None):
    cases.append({'name':name,'wbits':wbits,'zdict':None if zdict is None else H(zdict),'steps':steps,'expect':run(wbits,zdict,steps)})
py=zlib.compress(b'Python')
book=py+b'.'+zlib.compress(b'zlib')+b'.'
case('book: two streams joined by a dot, 8 bytes at a time',15,[['decompress',H(book[:8])],['decompress',H(book[8:16])],['flush']])
hello=zlib.compress(b'hello '*20)
case('max_length leaves a tail',15,[['decompress',H(hello),10],['tail',10],['tail',0],['flush']])
case('max_length then flush',15,[['decompress',H(hello+b'rest'),7],['flush']])
case('bytes after the end, twice',15,[['decompress',H(hello+b'ab')],['decompress',H(b'cd')],['decompress','',],['flush'],['decompress',H(b'x')]])
case('truncated, flush',15,[['decompress',H(hello[:-3])],['flush'],['decompress',H(hello[-3:])]])
case('wrong checksum',15,[['decompress',H(hello[:-1]+bytes([hello[-1]^1]))],['flush']])
case('not zlib at all',15,[['decompress',H(b'Beautiful')]])
case('gzip to a zlib reader',15,[['decompress',H(gzip.compress(b'x',mtime=0))]])
case('negative max_length',15,[['decompress',H(hello),-1]])
case('flush of nothing',15,[['flush',0],['flush',-1],['flush']])
for w in (0,7,8,16,31,48,-16,-7,-8,-15,47,40,32,15): case(f'wbits {w}',w,[['decompress',H(hello)]])
raw=zlib.compressobj(9,zlib.DEFLATED,-15); rb=raw.compress(b'raw raw raw raw')+raw.flush()
case('raw',-15,[['decompress',H(rb+b'tail')],['flush']])
case('raw invalid block type',-15,[['decompress','07ff00']])
case('invalid stored block lengths',-15,[['decompress','0105000000']])
case('invalid distance',-15,[['decompress',H(b'\x4b\x04\x12\x00')]])
g=io.BytesIO()
with gzip.GzipFile('name.txt','wb',mtime=1700000000,fileobj=g) as f: f.write(b'with a name')
case('gzip with a name',31,[['decompress',H(g.getvalue()+b'\x1f\x8b')],['flush']])
case('gzip two members',31,[['decompress',H(gzip.compress(b'one',mtime=0)+gzip.compress(b'two',mtime=0))]])
case('gzip wrong size',31,[['decompress',H(gzip.compress(b'one',mtime=0)[:-1]+b'\x01')]])
d=zlib.compressobj(zdict=b'hello world'); db=d.compress(b'hello world hello')+d.flush()
case('dictionary',15,[['decompress',H(db)]],b'hello world')
case('dictionary missing',15,[['decompress',H(db)]])
case('dictionary wrong',15,[['decompress',H(db)]],b'wrong')
r=zlib.compressobj(9,zlib.DEFLATED,-15,8,0,b'hello world'); rr=r.compress(b'hello world hello')+r.flush()
case('raw dictionary',-15,[['decompress',H(rr)]],b'hello world')
case('empty pieces',15,[['decompress',''],['decompress',H(hello[:1])],['decompress',''],['decompress',H(hello[1:])]])
big=zlib.compress(bytes(rnd.randrange(4)for _ in range(3000)))
for n in range(30):
    src=rnd.choice([hello,big,book,rb,g.getvalue()]); w=rnd.choice([15,47,31,-15,15,47])
    b=bytearray(src)
    if rnd.random()<.5 and len(b)>3: b[rnd.randrange(len(b))]^=1<<rnd.randrange(8)
    steps=[];p=0
    while p<len(b):
        q=min(len(b),p+rnd.choice([1,2,3,7,50,400])); 
        steps.append(['decompress',H(b[p:q])]+([rnd.choice([1,3,64,500])] if rnd.random()<.4 else []))
        if rnd.random()<.3: steps.append(['tail',rnd.choice([0,5])])
        p=q
    steps=steps[:60]+[['flush']]
    case(f'random {n}',w,steps)
print(json.dumps({'made_with':'CPython %s, zlib %s'%(sys.version.split()[0],zlib.ZLIB_RUNTIME_VERSION),'cases':cases},indent=None))
