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
    /// That of one among many.
    static let smallEdge = 480
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
        let bytes = try await made(
            file, Making(from: format, to: format, edge: Self.edge, quality: 88))
        guard let bytes, let bare = PictureParts.bare(bytes, file.mediaType),
            EvidenceFile.mediaType(of: bare) == file.mediaType
        else { throw Self.unreadable(file) }
        return try EvidenceFile(name: file.name, bytes: bare)
    }

    /// The picture small, for pages that show many.
    ///
    /// - Throws: `Refusal.invalid` when the picture cannot be read within the limits.
    func thumbnail(of file: EvidenceFile) async throws -> [UInt8] {
        guard let format = Self.types[file.mediaType] else { throw Self.unreadable(file) }
        let bytes = try await made(
            file, Making(from: format, to: "jpeg", edge: Self.smallEdge, quality: 78))
        guard let bytes, let bare = PictureParts.bare(bytes, "image/jpeg"),
            bare.count <= ReleasedPicture.thumbnailBytes
        else { throw Self.unreadable(file) }
        return bare
    }

    /// What is made of a picture.
    private struct Making {
        let from: String
        let to: String
        let edge: Int
        let quality: Int
    }

    private static func unreadable(_ file: EvidenceFile) -> Refusal {
        Refusal.invalid([
            EvidenceFile.fault(
                zh: "图片“\(file.name)”无法读取：已损坏，或过大。",
                en: "The picture “\(file.name)” cannot be read: damaged, or too large.")
        ])
    }

    /// Nil when the program could not read it.
    private func made(_ file: EvidenceFile, _ making: Making) async throws -> [UInt8]? {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw Refusal.conflict(
                zh: "缺少程序 gm，请安装 Debian 软件包 graphicsmagick。",
                en: "The program gm is missing: install Debian's package graphicsmagick.")
        }
        guard running.begin() else {
            throw Refusal.invalid([
                EvidenceFile.fault(
                    zh: "正在处理其他图片，请稍候再交。",
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
        guard try await Self.make(making, source, target) else { return nil }
        return FileManager.default.contents(atPath: target).map(Array.init)
    }

    /// Runs the program; the format is ours, so nothing in the file can choose another reader. A
    /// process begins with the signals blocked that the thread blocks which starts it, so only the
    /// one signal that nobody can block ends it in time.
    private static func make(
        _ making: Making, _ source: String, _ target: String
    ) async throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        process.arguments = [
            "--as=\(memoryBytes)", "--fsize=\(EvidenceFile.sizeLimit)", "--cpu=\(seconds)",
            "--nofile=64", "--core=0", "--", "/usr/bin/timeout", "--signal=KILL", "\(seconds)",
            program, "convert",
            "-limit", "pixels", "\(pixels)", "-limit", "disk", "0",
            "\(making.from):\(source)", "-auto-orient", "-strip", "-resize",
            "\(making.edge)x\(making.edge)>", "-quality", "\(making.quality)",
            "\(making.to):\(target)",
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
