"""Asks pyHanko about each request of a file of requests, one JSON object a line: its ordinary validation, and for files with
long-term material that of EN 319 102-1.

usage: pyhanko_judge.py OUT [DEFAULT_TIME]    reads OUT/requests.jsonl, paths in it are relative to OUT
"""
import asyncio
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

from asn1crypto import crl as crl_asn1
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import LocalKnowledge, PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

out = Path(sys.argv[1])
now = sys.argv[2] if len(sys.argv) > 2 else None
# Where a certificate names a source of its status, its status is needed: the policy of `motlan verify`.
WHERE_NAMED = RevocationCheckingPolicy(
    ee_certificate_rule=RevocationCheckingRule.CHECK_IF_DECLARED,
    intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED,
)


def specification(request):
    anchors = load_certs_from_pemder([str(out / path) for path in request["trust"]])
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(anchors)),
        revinfo_policy=CertRevTrustPolicy(
            WHERE_NAMED, freshness=None, freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION
        ),
    )
    crls = [CRLContainer(crl_asn1.CertificateList.load((out / path).read_bytes())) for path in request.get("crls", [])]
    signature = SignatureValidationSpec(cert_validation_policy=policy, local_knowledge=LocalKnowledge(known_crls=crls))
    return PdfSignatureValidationSpec(signature_validation_spec=signature, diff_policy=DEFAULT_DIFF_POLICY)


def context(request, moment):
    return ValidationContext(
        trust_roots=list(load_certs_from_pemder([str(out / path) for path in request["trust"]])),
        crls=[crl_asn1.CertificateList.load((out / path).read_bytes()) for path in request.get("crls", [])],
        allow_fetching=False,
        revocation_mode="hard-fail",
        moment=moment,
    )


async def ask(request):
    text = request.get("at") or now
    moment = datetime.fromisoformat(text.replace("Z", "+00:00")) if text else datetime.now(timezone.utc)
    timing = ValidationTimingInfo(moment, moment, point_in_time_validation=True)
    with open(out / request["file"], "rb") as handle:
        reader = PdfFileReader(handle, strict=False)
        signatures = reader.embedded_regular_signatures
        if not signatures:
            return {"answer": "none"}
        opinions = []
        for signature in signatures:
            if "/DSS" in reader.root:
                result = await ades_lta_validation(signature, specification(request), timing_info=timing)
                status, passed = result.api_status, result.ades_subindic.status.name == "PASSED"
                sub_indication = result.ades_subindic.name
            else:
                status = await async_validate_pdf_signature(signature, context(request, moment), context(request, moment))
                passed, sub_indication = True, None
            opinions.append(
                {
                    "accepted": passed and bool(status and status.bottom_line),
                    "subIndication": sub_indication,
                    "intact": bool(status and status.intact and status.valid),
                    "coverage": getattr(getattr(status, "coverage", None), "name", None),
                    "changes": getattr(getattr(status, "modification_level", None), "name", None),
                }
            )
        accepted = all(opinion["accepted"] for opinion in opinions)
        return {"answer": "accepted" if accepted else "refused", "signatures": opinions}


for line in (out / "requests.jsonl").read_text("utf-8").splitlines():
    try:
        answer = asyncio.run(ask(json.loads(line)))
    except Exception as error:  # noqa: BLE001 - whatever it says is its answer
        answer = {"answer": "error", "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
