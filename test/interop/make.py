"""Makes the files of the exam with pyHanko: benign, revoked, untrusted, changed after signing, tampered with.

usage: make.py OUT REPOSITORY    writes OUT/files, OUT/certs and OUT/requests.jsonl (one request a line, with `expect`)
"""
import io
import json
import re
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

from asn1crypto import pem
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, KeyLabel
from pyhanko.pdf_utils import generic, writer
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from werkzeug.serving import make_server

OUT, REPOSITORY = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
HERE = Path(__file__).parent
for folder in ("files", "certs", "keys"):
    (OUT / folder).mkdir(parents=True, exist_ok=True)

# --- the PKI, with its services on a free port of this machine ---------------------------------------------------------
KEYS = ["root", "interm", "signer", "signer2", "tsa", "ocsp", "rogueroot", "rogue", "rsasigner", "edsigner"]
for name in KEYS:
    algorithm = {"rsasigner": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "edsigner": ["ED25519"]}.get(
        name, ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    )
    subprocess.run(["openssl", "genpkey", "-algorithm", *algorithm, "-out", OUT / f"keys/{name}.pem"], check=True, capture_output=True)
server = make_server("127.0.0.1", 0, lambda environ, start: [], threaded=True)
text = (HERE / "pki.yml").read_text("utf-8")
text = text.replace("@URL@", f"http://127.0.0.1:{server.server_port}").replace("@KEYS@", "keys")
listed = ", ".join(f"{name}: {{path: {name}.pem}}" for name in KEYS)
text = text.replace("keys: {} # KEY_LIST", f"keys: {{{listed}}}")
(OUT / "pki.yml").write_text(text, "utf-8")
architecture = CertomancerConfig.from_file(str(OUT / "pki.yml"), str(OUT)).get_pki_arch(ArchLabel("exam"))
server.app = Animator(AnimatorArchStore({ArchLabel("exam"): architecture}), with_web_ui=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
BASE_URL = f"http://127.0.0.1:{server.server_port}/exam"


def cert(label):
    return architecture.get_cert(CertLabel(label))


def signer(label, key=None, chain=("interm", "root"), **options):
    store = SimpleCertificateStore()
    for name in chain:
        store.register(cert(name))
    private = architecture.key_set.get_private_key(KeyLabel(key or label))
    return signers.SimpleSigner(signing_cert=cert(label), signing_key=private, cert_registry=store, **options)


for name in ("root", "rogueroot", "interm", "signer", "tsa", "plain"):
    (OUT / f"certs/{name}.cer").write_bytes(cert(name).dump())
(OUT / "certs/root.pem").write_bytes(pem.armor("CERTIFICATE", cert("root").dump()))
for name in ("root", "interm"):
    (OUT / f"certs/{name}.crl").write_bytes(urllib.request.urlopen(f"{BASE_URL}/crls/{name}/latest.crl").read())

# --- files and what is expected of them -------------------------------------------------------------------------------
requests = []


def save(name, octets):
    (OUT / f"files/{name}.pdf").write_bytes(octets)
    return octets


def expect(name, verdict, trust=("certs/root.cer",), crls=None, at=None, **more):
    request = {"file": f"files/{name}.pdf", "trust": list(trust), "expect": verdict, **more}
    if crls:
        request["crls"] = crls
    if at:
        request["at"] = at
    requests.append(request)


def sign(data, by, field="Sig1", timestamper=None, new_field_spec=None, pades=True, **meta):
    out = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    sub_filter = SigSeedSubFilter.PADES if pades else SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    metadata = PdfSignatureMetadata(field_name=field, subfilter=sub_filter, **meta)
    return PdfSigner(metadata, by, timestamper=timestamper, new_field_spec=new_field_spec).sign_pdf(out).getvalue()


def update(data, change):
    out = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(out)
    octets = io.BytesIO()
    out.write(octets)
    return octets.getvalue()


def context():
    return ValidationContext(trust_roots=[cert("root")], allow_fetching=True, other_certs=[cert("interm"), cert("tsa")])


TSA = timestamps.HTTPTimeStamper(f"{BASE_URL}/tsa/tsa")
ROGUE_TSA = timestamps.HTTPTimeStamper(f"{BASE_URL}/tsa/rogue")
CRLS = ["certs/root.crl", "certs/interm.crl"]
ROGUE = ("certs/rogueroot.cer",)
PLAIN = (REPOSITORY / "test/vectors/pdf/cairo.pdf").read_bytes()
by, by2 = signer("signer"), signer("signer2")

save("bb-plain", sign(PLAIN, signer("plain", "signer", ("root",))))
expect("bb-plain", "VALID")
expect("bb-plain", "VALID", trust=["certs/root.pem"])
expect("bb-plain", "CANNOT_TELL", trust=ROGUE)
expect("bb-plain", "CANNOT_TELL", at="2029-01-01T00:00:00Z")
expect("bb-plain", "VALID", trust=["certs/plain.cer"])
save("encipher", sign(PLAIN, signer("encipher", "signer", ("root",))))
expect("encipher", "CANNOT_TELL|INVALID")
save("webserver", sign(PLAIN, signer("webserver", "signer", ("root",))))
expect("webserver", "VALID|CANNOT_TELL|INVALID")
save("notca", sign(PLAIN, signer("notca", "signer2", ("plain", "root"))))
expect("notca", "CANNOT_TELL|INVALID")

bb = save("bb", sign(PLAIN, by))
expect("bb", "CANNOT_TELL")
expect("bb", "VALID", crls=CRLS)
save("bt", sign(PLAIN, by, timestamper=TSA))
expect("bt", "VALID", crls=CRLS)
expect("bt", "CANNOT_TELL")
save("bt-rogue-tsa", sign(PLAIN, by, timestamper=ROGUE_TSA))
expect("bt-rogue-tsa", "VALID", crls=CRLS)
expect("bt-rogue-tsa", "CANNOT_TELL", crls=CRLS, at="2029-06-01T00:00:00Z")
long = {"embed_validation_info": True, "validation_context": None}
save("blt", sign(PLAIN, by, timestamper=TSA, **{**long, "validation_context": context()}))
expect("blt", "VALID")
blta = save("blta", sign(PLAIN, by, timestamper=TSA, use_pades_lta=True, **{**long, "validation_context": context()}))
expect("blta", "VALID")
expect("blta", "VALID", at="2029-06-01T00:00:00Z")
expect("blta", "CANNOT_TELL", trust=ROGUE)
save("adbe", sign(PLAIN, by, timestamper=TSA, pades=False))
expect("adbe", "VALID", crls=CRLS)
save("adbe-archival", sign(PLAIN, by, timestamper=TSA, pades=False, **{**long, "validation_context": context()}))
expect("adbe-archival", "VALID")
save("rsa", sign(PLAIN, signer("rsasigner")))
expect("rsa", "VALID", crls=CRLS)
save("rsa-pss", sign(PLAIN, signer("rsasigner", prefer_pss=True)))
expect("rsa-pss", "VALID", crls=CRLS)
save("ed25519", sign(PLAIN, signer("edsigner"), md_algorithm="sha512"))
expect("ed25519", "VALID", crls=CRLS)
save("revoked", sign(PLAIN, signer("revoked", "signer2")))
expect("revoked", "INVALID", crls=CRLS)
expect("revoked", "CANNOT_TELL")
save("rogue", sign(PLAIN, signer("rogue", "rogue", ("rogueroot",))))
expect("rogue", "CANNOT_TELL")
expect("rogue", "VALID", trust=ROGUE)

certified = {p.value: save(f"cert-p{p.value}", sign(PLAIN, by, certify=True, docmdp_permissions=p)) for p in MDPPerm}
for permission in certified:
    expect(f"cert-p{permission}", "VALID", crls=CRLS)
save("two", sign(bb, by2, field="Sig2"))
expect("two", "VALID", crls=CRLS)
save("cert-then-sign", sign(certified[2], by2, field="Sig2"))
expect("cert-then-sign", "VALID", crls=CRLS)
save("lta-then-sign", sign(blta, by2, field="Sig2"))
expect("lta-then-sign", "VALID", crls=CRLS)


def first_page(out):
    node = out.root["/Pages"]
    while "/Kids" in node:
        node = node["/Kids"][0]
    return node


def dictionary(**entries):
    return generic.DictionaryObject({pdf_name("/" + key): value for key, value in entries.items()})


def rectangle(*numbers):
    return generic.ArrayObject([generic.NumberObject(number) for number in numbers])


def add_annotation(out):
    page = first_page(out)
    note = out.add_object(
        dictionary(Type=pdf_name("/Annot"), Subtype=pdf_name("/Text"), Rect=rectangle(50, 50, 100, 100), Contents=pdf_string("note"))
    )
    if "/Annots" in page:
        page["/Annots"].append(note)
    else:
        page["/Annots"] = generic.ArrayObject([note])
    out.update_container(page)


def cover_page(out):
    page = first_page(out)
    stream = out.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 0 0 500 500 re f Q"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), stream])
    out.update_container(page)


def crop_page(out):
    page = first_page(out)
    page["/MediaBox"] = rectangle(0, 0, 100, 100)
    out.update_container(page)


def add_script(out):
    out.root["/OpenAction"] = dictionary(S=pdf_name("/JavaScript"), JS=pdf_string("app.alert(1)"))
    out.update_root()


def fill_form(out):
    def visit(fields):
        for entry in fields:
            field = entry.get_object()
            if field.get("/FT") == "/Tx":
                field["/V"] = pdf_string("filled")
                out.update_container(field)
                return True
            if "/Kids" in field and visit(field["/Kids"]):
                return True
        return False

    assert visit(out.root["/AcroForm"]["/Fields"])


for name, data, change, verdict in (
    ("annot", bb, add_annotation, "INVALID"),
    ("cert-p2-annot", certified[2], add_annotation, "INVALID"),
    ("cert-p3-annot", certified[3], add_annotation, "VALID"),
    ("content", bb, cover_page, "INVALID"),
    ("content-lta", blta, cover_page, "INVALID"),
    ("mediabox", bb, crop_page, "INVALID"),
    ("script", bb, add_script, "INVALID"),
):
    save(name, update(data, change))
    expect(name, verdict, crls=CRLS)

form_file = REPOSITORY.parent / "shared/vectors/pdf/pdfbox-AcroFormsBasicFields.pdf"
if form_file.exists():
    form = form_file.read_bytes()
    signed = save("form", sign(form, by))
    expect("form", "VALID", crls=CRLS)
    save("form-fill", update(signed, fill_form))
    expect("form-fill", "VALID", crls=CRLS)
    save("form-p1-fill", update(sign(form, by, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES), fill_form))
    expect("form-p1-fill", "INVALID", crls=CRLS)
    lock = SigFieldSpec("Sig1", field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL))
    locked = save("form-lock", sign(form, by, new_field_spec=lock))
    expect("form-lock", "VALID", crls=CRLS)
    save("form-lock-fill", update(locked, fill_form))
    expect("form-lock-fill", "INVALID", crls=CRLS)


def flip(octets, at):
    changed = bytearray(octets)
    changed[at] ^= 1
    return bytes(changed)


ranges = list(re.finditer(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", bb))[-1]
_, length, second, second_length = map(int, ranges.groups())


def with_ranges(*numbers):
    written = b"/ByteRange [" + b" ".join(b"%d" % number for number in numbers) + b"]"
    assert len(written) <= ranges.end() - ranges.start()
    return bb[: ranges.start()] + written.ljust(ranges.end() - ranges.start()) + bb[ranges.end() :]


for name, octets, verdict in (
    ("tamper", flip(bb, 1200), "INVALID"),
    ("append-object", bb + b"\n999 0 obj\n<< /Evil true >>\nendobj\n", "INVALID"),
    ("append-newline", bb + b"\n", "VALID"),
    ("range-zero", with_ranges(0, 0, 0, 0), "INVALID"),
    ("range-short", with_ranges(0, length, second, second_length - 50), "INVALID"),
    ("range-negative", with_ranges(0, length, second, -1), "INVALID"),
    ("range-missing", bb.replace(b"/ByteRange", b"/ByteRangX"), "INVALID"),
    ("contents-empty", bb[:length] + b"<>".ljust(second - length) + bb[second:], "INVALID"),
    ("contents-zeros", bb[:length] + b"<" + b"0" * (second - length - 2) + b">" + bb[second:], "INVALID"),
):
    save(name, octets)
    expect(name, verdict, crls=CRLS)
save("unsigned", PLAIN)
expect("unsigned", "NO_SIGNATURE")
save("garbage", b"hello world" * 100)
expect("garbage", "error")
locked_file = writer.copy_into_new_writer(PdfFileReader(io.BytesIO(PLAIN), strict=False))
locked_file.encrypt("owner", "user")
octets = io.BytesIO()
locked_file.write(octets)
save("encrypted", octets.getvalue())
expect("encrypted", "error")
expect("not-there", "error")

(OUT / "requests.jsonl").write_text("".join(json.dumps(request) + "\n" for request in requests), "utf-8")
print(f"{len(requests)} requests")
server.shutdown()
