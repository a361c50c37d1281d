import Core
import Foundation

/// Tables of other programs, `.ods` and old `.xls`: LibreOffice, where it is installed, turns them
/// into workbooks. It runs by itself, with a profile of its own in which macros are off and links
/// are not followed, under limits of memory, time and size.
package enum OtherTable {
    static let memoryLimit = 4 << 30
    static let secondsLimit = 120

    private static let programs = [
        "/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/lib/libreoffice/program/soffice",
    ]

    private static var program: String? {
        programs.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether this machine reads such files.
    package static var isReadable: Bool { program != nil }

    /// What to do where LibreOffice is not installed.
    static func missing(_ form: FileForm) -> Wording {
        form == .openDocument
            ? Wording(
                zh: "这是 OpenDocument 表格（.ods），请另存为 .xlsx 或 CSV 后再交；"
                    + "服务器装有 LibreOffice（Debian 软件包 libreoffice-calc-nogui）时可直接读取。",
                en: "This is an OpenDocument table (.ods). Save it as .xlsx or CSV and bring that; "
                    + "a server with LibreOffice (Debian's libreoffice-calc-nogui) reads it as is."
            )
            : Wording(
                zh: "这是旧版 Excel（.xls）文件，请另存为 .xlsx 或 CSV 后再交；"
                    + "服务器装有 LibreOffice（Debian 软件包 libreoffice-calc-nogui）时可直接读取。",
                en: "This is an old Excel file (.xls). Save it as .xlsx or CSV and bring that; a "
                    + "server with LibreOffice (Debian's libreoffice-calc-nogui) reads it as is."
            )
    }

    /// The same table as a workbook.
    static func workbook(_ bytes: [UInt8], _ form: FileForm) throws -> [UInt8] {
        guard let program else {
            let words = missing(form)
            throw Refusal.invalid("文件", zh: words.zh, en: words.en)
        }
        Folder.removeOld()
        let folder = try Folder()
        defer { folder.remove() }
        let name = form == .openDocument ? "table.ods" : "table.xls"
        try folder.write(bytes, as: name)
        try folder.write(Array(settings.utf8), as: "profile/user/registrymodifications.xcu")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        process.arguments = [
            "--as=\(memoryLimit)", "--fsize=\(Workbook.unpackedLimit)", "--cpu=\(secondsLimit)",
            "--", "/usr/bin/timeout", "--signal=KILL", String(secondsLimit), program,
            "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--norestore",
            "--nolockcheck", "--nodefault",
            // Else what is damaged would be read as something else, such as text.
            "--infilter=" + (form == .openDocument ? "calc8" : "MS Excel 97"),
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder.path + "/out",
            folder.path + "/" + name,
        ]
        process.environment = [
            "HOME": folder.path, "TMPDIR": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let made = FileManager.default.contents(atPath: folder.path + "/out/table.xlsx")
        guard process.terminationStatus == 0, let made, !made.isEmpty else {
            throw Refusal.invalid(
                "文件", zh: "这个旧格式的表格无法读取。请用 Excel 打开，另存为 .xlsx 后再交。",
                en:
                    "This table of an older form cannot be read. Open it in Excel, save it as "
                    + ".xlsx and bring that.")
        }
        return Array(made)
    }

    /// No macros, nothing fetched from elsewhere, and formats that files name by number alone as
    /// Chinese programs mean them.
    private static let settings: String = {
        func item(_ path: String, _ name: String, _ value: String) -> String {
            """
            <item oor:path="/org.openoffice.Office.\(path)"><prop oor:name="\(name)" \
            oor:op="fuse"><value>\(value)</value></prop></item>
            """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">
            <item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" \
            oor:op="fuse"><value>zh-CN</value></prop></item>
            """ + item("Common/Security/Scripting", "DisableMacrosExecution", "true")
                + item("Common/Security/Scripting", "MacroSecurityLevel", "3")
                + item("Common/Security/Scripting", "DisableActiveContent", "true")
                + item("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true")
                + item("Calc/Content/Update", "Link", "2")
                // What is stored counts; nothing is worked out anew.
                + item("Calc/Formula/Load", "OOXMLRecalcMode", "1")
                + item("Calc/Formula/Load", "ODFRecalcMode", "1") + "</oor:items>"
    }()

    /// A folder of one conversion that only this account may enter, in memory where that is found.
    private struct Folder {
        let path: String

        private static let name = "groundwork-table-"
        private static var root: String {
            let memory = "/dev/shm"
            return FileManager.default.isWritableFile(atPath: memory)
                ? memory : NSTemporaryDirectory()
        }

        /// Removes what a program that was killed left behind: no conversion takes so long.
        static func removeOld() {
            let files = FileManager.default
            for found in (try? files.contentsOfDirectory(atPath: root)) ?? []
            where found.hasPrefix(name) {
                let path = root + "/" + found
                let made = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
                guard let made, -made.timeIntervalSinceNow > TimeInterval(2 * secondsLimit) else {
                    continue
                }
                // Another account's stays: only that account may remove it.
                try? files.removeItem(atPath: path)
            }
        }

        init() throws {
            path = Self.root + "/\(Self.name)\(ID<Folder>.make())"
            try FileManager.default.createDirectory(
                atPath: path + "/profile/user", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }

        func write(_ bytes: [UInt8], as name: String) throws {
            let isWritten = FileManager.default.createFile(
                atPath: path + "/" + name, contents: Data(bytes),
                attributes: [.posixPermissions: 0o600])
            guard isWritten else {
                throw Refusal.conflict(
                    zh: "服务器没有空间处理这个文件，请稍后再试。",
                    en: "The server has no room for this file just now. Try again later.")
            }
        }

        func remove() {
            // What cannot be removed holds nothing but this one table, and goes with the machine.
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
