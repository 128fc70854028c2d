; The installer for Windows: iscc /DVersion=0.1.0 packaging\windows\visage.iss
; For one user, without the administrator; who is one may install it for all.

[Setup]
AppId={{6D0C9D4B-5A52-4C53-9E5C-0B6A0F6D3C11}
AppName=Visage
AppVersion={#Version}
AppPublisher=The Visage authors
DefaultDirName={autopf}\Visage
DefaultGroupName=Visage
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\visage.ico
UninstallDisplayIcon={app}\visage.exe
OutputDir=..\..\dist
OutputBaseFilename=visage-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Files]
Source: "..\..\dist\visage\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Tasks]
Name: desktopicon; Description: "Put an icon on the desktop"; Flags: unchecked

[Icons]
Name: "{group}\Visage"; Filename: "{app}\visage.exe"
Name: "{autodesktop}\Visage"; Filename: "{app}\visage.exe"; Tasks: desktopicon

[Registry]
; "Open with" for photos and videos; what opens them by default stays as it is.
Root: HKA; Subkey: "Software\Classes\Applications\visage.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Visage"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\visage.exe\shell\open\command"; ValueType: string; ValueData: """{app}\visage.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\OpenWithList\visage.exe"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\video\OpenWithList\visage.exe"; Flags: uninsdeletekey
; A folder's own menu.
Root: HKA; Subkey: "Software\Classes\Directory\shell\Visage"; ValueType: string; ValueData: "Label the photos with Visage"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\Visage"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\visage.exe"
Root: HKA; Subkey: "Software\Classes\Directory\shell\Visage\command"; ValueType: string; ValueData: """{app}\visage.exe"" ""%1"""

[Run]
Filename: "{app}\visage.exe"; Description: "Start Visage"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if (Step = usPostUninstall) and not UninstallSilent then
    MsgBox('Visage is removed. Your jobs, own models and log stay in ' +
      ExpandConstant('{localappdata}\Visage') + ', your settings in ' +
      ExpandConstant('{userappdata}\Visage') + '.', mbInformation, MB_OK);
end;
