"""Signed by others: pyHanko with a throwaway key, into the folder given, over files that are already there."""
import datetime
import pathlib
import sys

from asn1crypto import keys, x509
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

OUT = pathlib.Path(sys.argv[1])


def throwaway_signer():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = cx.Name([cx.NameAttribute(NameOID.COMMON_NAME, "Throwaway test signer")])
    start = datetime.datetime(2026, 1, 1)
    certificate = (
        cx.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(start).not_valid_after(start.replace(year=2036))
        .add_extension(cx.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
        SimpleCertificateStore(),
    )


SIGNER = throwaway_signer()


def sign(source, target, **metadata):
    with (OUT / source).open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        meta = signers.PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256", **metadata)
        with (OUT / target).open("wb") as out:
            signers.sign_pdf(writer, meta, signer=SIGNER, output=out)


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
sign("weasyprint-2.0.pdf", "pyhanko-signed-pades.pdf", subfilter=fields.SigSeedSubFilter.PADES)
certify("pyhanko-certified-p1.pdf", fields.MDPPerm.NO_CHANGES)
certify("pyhanko-certified-p2.pdf", fields.MDPPerm.FILL_FORMS)
empty_field("groff.pdf", "pyhanko-empty-field.pdf")
