import Core
import Foundation
import Ledger
import Synchronization

/// Pictures made anew: decoded and encoded again by Debian's GraphicsMagick under limits of memory
/// and time, turned upright, and left with nothing but the picture. Where and with what it was
/// taken stays with who took it.
struct Pictures: Sendable {
    /// The most pixels of a picture that is taken in.
    static let pixels = 50_000_000
    /// The longer edge of a picture that is kept, in pixels.
    static let edge = 3_000
    static let memoryBytes = 1 << 30
    static let seconds = 20
    /// How many are made at a time: each may use its whole share of memory.
    static let most = 2

    static let program = "/usr/bin/gm"
    static let types = ["image/jpeg": "jpeg", "image/png": "png"]

    private let running = Running()

    /// The file as it may be kept: a picture is made anew, anything else stays as it is.
    ///
    /// - Throws: `Refusal.invalid` when the picture cannot be read within the limits.
    func cleaned(_ file: EvidenceFile) async throws -> EvidenceFile {
        guard let format = Self.types[file.mediaType] else { return file }
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw Refusal.conflict(
                zh: "缺少程序 gm，请安装 Debian 软件包 graphicsmagick。",
                en: "The program gm is missing: install Debian's package graphicsmagick.")
        }
        guard running.begin() else {
            throw Refusal.invalid([
                EvidenceFile.fault(
                    zh: "正在处理其他图片，请稍后重新提交。",
                    en: "Other pictures are being made ready: send it again in a moment.")
            ])
        }
        defer { running.end() }
        let folder = FileManager.default.temporaryDirectory
        let mark = ID<EvidenceFile>.make().text
        let (source, target) = (
            folder.appending(path: "picture-\(mark)-in").path,
            folder.appending(path: "picture-\(mark)-out").path
        )
        defer {
            for path in [source, target] { try? FileManager.default.removeItem(atPath: path) }
        }
        guard
            FileManager.default.createFile(
                atPath: source, contents: Data(file.bytes), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        let isMade = try await Self.make(format, source, target)
        guard isMade, let data = FileManager.default.contents(atPath: target),
            let bytes = PictureParts.bare(Array(data), file.mediaType),
            EvidenceFile.mediaType(of: bytes) == file.mediaType
        else {
            throw Refusal.invalid([
                EvidenceFile.fault(
                    zh: "图片“\(file.name)”无法读取：已损坏，或过大。",
                    en: "The picture “\(file.name)” cannot be read: damaged, or too large.")
            ])
        }
        return try EvidenceFile(name: file.name, bytes: bytes)
    }

    /// Runs the program; the format is ours, so nothing in the file can choose another reader. A
    /// process begins with the signals blocked that the thread blocks which starts it, so only the
    /// one signal that nobody can block ends it in time.
    private static func make(
        _ format: String, _ source: String, _ target: String
    ) async throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        process.arguments = [
            "--as=\(memoryBytes)", "--fsize=\(EvidenceFile.sizeLimit)", "--cpu=\(seconds)",
            "--nofile=64", "--core=0", "--", "/usr/bin/timeout", "--signal=KILL", "\(seconds)",
            program, "convert",
            "-limit", "pixels", "\(pixels)", "-limit", "disk", "0", "\(format):\(source)",
            "-auto-orient", "-strip", "-resize", "\(edge)x\(edge)>", "-quality", "88",
            "\(format):\(target)",
        ]
        process.environment = ["PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { ended in
                continuation.resume(
                    returning: ended.terminationReason == .exit && ended.terminationStatus == 0)
            }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }
}

/// How many pictures are being made.
private final class Running: Sendable {
    private let count = Mutex(0)

    func begin() -> Bool {
        count.withLock { count in
            guard count < Pictures.most else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}
