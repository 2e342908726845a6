"""Codes are those that ReportLab makes, to the module."""

from __future__ import annotations

from random import Random

import pytest
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from ucapdesk.briefing.blocks.qr_code import modules_of


@pytest.mark.parametrize("many", [1, 14, 90, 91, 92, 93, 333, 2213])
def test_the_mask_is_the_one_that_reportlab_chooses(many: int) -> None:
    data = bytes(Random(many).choices(range(32, 255), k=many))
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(data))
    code.make()
    assert [list(map(bool, row)) for row in code.modules] == [list(row) for row in modules_of(data)]
