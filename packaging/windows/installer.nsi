; Per user, without an administrator: Everything it writes is the user's own. Silent: /S, elsewhere: /D=C:\Place (the last option).
; The build defines VERSION, FILES (a list of its files, in a fixed order), ICON, BANNER and OUT.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
Name "UCAPDesk"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\UCAPDesk"
InstallDirRegKey HKCU "Software\UCAPDesk" "InstallDir"
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "UCAPDesk"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "UCAPDesk ${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\UCAPDesk.exe"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\UCAPDesk"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "Italian"
LangString OPEN ${LANG_ENGLISH} "UCAPDesk is open. Close it, then Retry."
LangString OPEN ${LANG_SIMPCHINESE} "UCAPDesk 正在运行，请关闭后重试。"
LangString OPEN ${LANG_GERMAN} "UCAPDesk ist geöffnet. Bitte schließen und wiederholen."
LangString OPEN ${LANG_SPANISH} "UCAPDesk está abierto. Ciérrelo y reintente."
LangString OPEN ${LANG_ITALIAN} "UCAPDesk è aperto. Chiuderlo e riprovare."
LangString PACKAGE ${LANG_ENGLISH} "UCAPDesk package"
LangString PACKAGE ${LANG_SIMPCHINESE} "UCAPDesk 数据包"
LangString PACKAGE ${LANG_GERMAN} "UCAPDesk-Paket"
LangString PACKAGE ${LANG_SPANISH} "Paquete de UCAPDesk"
LangString PACKAGE ${LANG_ITALIAN} "Pacchetto di UCAPDesk"
LangString BACKUP ${LANG_ENGLISH} "UCAPDesk backup"
LangString BACKUP ${LANG_SIMPCHINESE} "UCAPDesk 备份"
LangString BACKUP ${LANG_GERMAN} "UCAPDesk-Sicherung"
LangString BACKUP ${LANG_SPANISH} "Copia de seguridad de UCAPDesk"
LangString BACKUP ${LANG_ITALIAN} "Copia di sicurezza di UCAPDesk"
!define UNINST "Software\Microsoft\Windows\CurrentVersion\Uninstall\UCAPDesk"
!define CLASSES "Software\Classes"

; A file type of the program: its extension, the name of the type, how that is called.
!macro FileType EXTENSION TYPE SAID
  WriteRegStr HKCU "${CLASSES}\${EXTENSION}" "" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "${SAID}"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\UCAPDesk.exe,0"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\UCAPDesk.exe" "%1"'
!macroend

; Nobody may have the program open, window or command line: a file in use cannot be replaced. Un is "" or "un.".
!macro MustBeFree FILE
  ${If} ${FileExists} "${FILE}"
    FileOpen $0 "${FILE}" a
    IfErrors busy
    FileClose $0
  ${EndIf}
!macroend
!macro WaitUntilClosed UN
Function ${UN}WaitUntilClosed
  again:
    ClearErrors
    !insertmacro MustBeFree "$INSTDIR\UCAPDesk.exe"
    !insertmacro MustBeFree "$INSTDIR\bin\ucapdesk.exe"
    Return
  busy:
    SetErrorLevel 3
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(OPEN)" /SD IDCANCEL IDRETRY again
    Abort
FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section
  Call WaitUntilClosed
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\runtime"
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\UCAPDesk"
  CreateShortcut "$SMPROGRAMS\UCAPDesk\UCAPDesk.lnk" "$INSTDIR\UCAPDesk.exe"
  SetOutPath "$PROFILE"
  CreateShortcut "$SMPROGRAMS\UCAPDesk\UCAPDesk command line.lnk" "$SYSDIR\cmd.exe" \
    '/k "set PATH=$INSTDIR\bin;%PATH%"' "$INSTDIR\UCAPDesk.exe"
  SetOutPath "$INSTDIR"
  WriteRegStr HKCU "Software\UCAPDesk" "InstallDir" "$INSTDIR"
  !insertmacro FileType ".ucapx" "UCAPDesk.Package" "$(PACKAGE)"
  !insertmacro FileType ".ucapbackup" "UCAPDesk.Backup" "$(BACKUP)"
  ; "Open with" for the workspace.json of a workspace; .json itself belongs to others
  WriteRegStr HKCU "${CLASSES}\Applications\UCAPDesk.exe" "FriendlyAppName" "UCAPDesk"
  WriteRegStr HKCU "${CLASSES}\Applications\UCAPDesk.exe\shell\open\command" "" '"$INSTDIR\UCAPDesk.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\UCAPDesk.exe\SupportedTypes" ".json" ""
  WriteRegStr HKCU "${UNINST}" "DisplayName" "UCAPDesk"
  WriteRegStr HKCU "${UNINST}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINST}" "Publisher" "UCAPDesk contributors"
  WriteRegStr HKCU "${UNINST}" "DisplayIcon" "$INSTDIR\UCAPDesk.exe"
  WriteRegStr HKCU "${UNINST}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINST}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINST}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINST}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINST}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINST}" "EstimatedSize" "$0"
  !insertmacro TellExplorer
SectionEnd

Section Uninstall
  ; workspaces and settings are elsewhere, and stay
  Call un.WaitUntilClosed
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\bin\ucapdesk.exe"
  RMDir "$INSTDIR\bin"
  Delete "$INSTDIR\UCAPDesk.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\UCAPDesk\UCAPDesk.lnk"
  Delete "$SMPROGRAMS\UCAPDesk\UCAPDesk command line.lnk"
  RMDir "$SMPROGRAMS\UCAPDesk"
  DeleteRegKey HKCU "${UNINST}"
  DeleteRegKey HKCU "${CLASSES}\UCAPDesk.Package"
  DeleteRegKey HKCU "${CLASSES}\UCAPDesk.Backup"
  DeleteRegKey HKCU "${CLASSES}\.ucapx"
  DeleteRegKey HKCU "${CLASSES}\.ucapbackup"
  DeleteRegKey HKCU "${CLASSES}\Applications\UCAPDesk.exe"
  DeleteRegKey HKCU "Software\UCAPDesk"
  !insertmacro TellExplorer
SectionEnd
