#!/bin/sh
# Makes dist/UCAPDesk-<version>.dmg, on a Mac: make macos
#
#   SIGN_AS="Developer ID Application: …"   signs it
#   NOTARY_PROFILE=…                        has Apple check it (a profile kept by: xcrun notarytool store-credentials)
#
# Without them the bundle is for trying: a Mac opens it once it is allowed in System Settings, Privacy & Security.
set -eu
[ "$(uname -s)" = Darwin ] || { echo "make macos runs on a Mac only: PyInstaller makes bundles for the system it runs on." >&2; exit 2; }
python=.venv/bin/python
QT_QPA_PLATFORM=offscreen $python packaging/program_icon.py
$python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary=:all: -r packaging/macos/pyinstaller.txt
rm -rf build/lib build/packaging/macos && mkdir -p build/packaging/macos dist
$python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation -w build/packaging/macos .
$python -m pip --disable-pip-version-check install --quiet --no-deps --force-reinstall build/packaging/macos/*.whl
$python -m PyInstaller --noconfirm --distpath build/packaging/macos --workpath build/packaging/macos/work packaging/macos/ucapdesk.spec
version=$($python -c 'import ucapdesk; print(ucapdesk.__version__)')
image="dist/UCAPDesk-$version.dmg"
ln -sf /Applications build/packaging/macos/Applications
rm -rf build/packaging/macos/work build/packaging/macos/UCAPDesk build/packaging/macos/*.whl
hdiutil create -quiet -ov -format ULFO -volname UCAPDesk -srcfolder build/packaging/macos "$image"
if [ -n "${SIGN_AS:-}" ]; then
    codesign --verify --deep --strict build/packaging/macos/UCAPDesk.app
    codesign --sign "$SIGN_AS" --timestamp "$image"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
$python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
ls -l "$image"
