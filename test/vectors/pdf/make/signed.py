"""Signed by others: pyHanko with a throwaway key, into the folder given, over files that are already there."""
import datetime
import pathlib
import sys

from asn1crypto import keys, x509
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore

OUT = pathlib.Path(sys.argv[1])


START = datetime.datetime(2026, 1, 1)


def key_usage(*names):
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return cx.KeyUsage(**{name: name in names for name in every})


def throwaway(common_name, serial, usage, issuer=None, ca=False, extended=None):
    """A certificate and its key; issuer is such a pair, or None for a root."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = cx.Name([cx.NameAttribute(NameOID.COMMON_NAME, common_name)])
    builder = (
        cx.CertificateBuilder().subject_name(name).issuer_name(issuer[0].subject if issuer else name)
        .public_key(key.public_key()).serial_number(serial)
        .not_valid_before(START).not_valid_after(START.replace(year=2036))
        .add_extension(cx.BasicConstraints(ca, None), critical=True)
        .add_extension(key_usage(*usage), critical=True)
    )
    if extended:
        builder = builder.add_extension(cx.ExtendedKeyUsage([extended]), critical=True)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def for_pyhanko(certificate, key):
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)), keys.PrivateKeyInfo.load(private)


ROOT = throwaway("Throwaway test root", 1, ("key_cert_sign",), ca=True)
CHAIN = SimpleCertificateStore()
CHAIN.register(for_pyhanko(*ROOT)[0])
SIGNER = signers.SimpleSigner(
    *for_pyhanko(*throwaway("Throwaway test signer", 2, ("digital_signature", "content_commitment"), ROOT)), CHAIN
)
TIMESTAMPER = timestamps.DummyTimeStamper(
    *for_pyhanko(*throwaway("Throwaway test TSA", 3, ("digital_signature",), ROOT, extended=ExtendedKeyUsageOID.TIME_STAMPING)),
    certs_to_embed=CHAIN,
)


def sign(source, target, timestamper=None, **metadata):
    with (OUT / source).open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        meta = signers.PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256", **metadata)
        with (OUT / target).open("wb") as out:
            signers.sign_pdf(writer, meta, signer=SIGNER, timestamper=timestamper, output=out)


def certify(target, permission):
    sign("ghostscript-1.4.pdf", target, certify=True, docmdp_permissions=permission)


def empty_field(source, target):
    """A visible signature field that nobody has signed yet."""
    with (OUT / source).open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        fields.append_signature_field(writer, fields.SigFieldSpec("Nguoi_lam_don", box=(300, 60, 540, 120)))
        with (OUT / target).open("wb") as out:
            writer.write(out)


sign("cairo.pdf", "pyhanko-signed.pdf")
sign("weasyprint-2.0.pdf", "pyhanko-signed-pades.pdf", TIMESTAMPER, subfilter=fields.SigSeedSubFilter.PADES)
certify("pyhanko-certified-p1.pdf", fields.MDPPerm.NO_CHANGES)
certify("pyhanko-certified-p2.pdf", fields.MDPPerm.FILL_FORMS)
empty_field("groff.pdf", "pyhanko-empty-field.pdf")
