/* UCAPDesk.exe (the window) and bin\ucapdesk.exe (the command line): the Python of the same folder in this very process, so that
   task manager, task bar and virus scanner see UCAPDesk and not "python".

   The folder:  UCAPDesk.exe, bin\ucapdesk.exe, runtime\ (CPython), lib\ (the program and its libraries). */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32767

typedef int (*Main)(int, wchar_t **);

static int fail(const wchar_t *what) {
    static wchar_t text[LONGEST + 200];
    _snwprintf(text, LONGEST + 199, L"UCAPDesk cannot start:\n%ls (%lu)\n\nPlease install UCAPDesk again; your workspaces stay.\n"
               L"UCAPDesk 无法启动，请重新安装；您的工作区不受影响。", what, GetLastError());
#ifdef WINDOW
    MessageBoxW(NULL, text, L"UCAPDesk", MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", text);
#endif
    return 70;
}

/* The folder of the program: that of the .exe, for the command line the one above. */
static int find_folder(wchar_t *folder) {
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    wchar_t *cut = NULL;
    if (!length || length >= LONGEST) return 0;
    if ((cut = wcsrchr(folder, L'\\'))) *cut = 0;
#ifndef WINDOW
    if ((cut = wcsrchr(folder, L'\\'))) *cut = 0;
#endif
    return cut != NULL;
}

static int start(int argc, wchar_t **argv) {
    static wchar_t folder[LONGEST + 1], dll[LONGEST + 40];
    wchar_t **args = calloc(argc + 8, sizeof *args);
    HMODULE python;
    Main run;
    int n = 0, i;
    if (!args || !find_folder(folder)) return fail(L"its folder was not found");
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS); /* nothing from the folder somebody happens to be in */
    _snwprintf(dll, LONGEST + 39, L"%ls\\runtime\\" PYTHON, folder);
    python = LoadLibraryExW(dll, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (!python) return fail(dll);
    run = (Main)(void *)GetProcAddress(python, "Py_Main");
    if (!run) return fail(L"Py_Main");
    args[n++] = argv[0];
    args[n++] = L"-I";
    args[n++] = L"-X";
    args[n++] = L"utf8";
    args[n++] = L"-m";
    args[n++] = L"ucapdesk";
    for (i = 1; i < argc; i++) args[n++] = argv[i];
    return run(n, args);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show) {
    int argc = 0;
    wchar_t **argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    return argv ? start(argc, argv) : fail(L"no command line");
}
#else
int wmain(int argc, wchar_t **argv) { return start(argc, argv); }
#endif
