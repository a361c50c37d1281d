import Core
import Ledger
import Web

/// Pictures made anew: decoded and encoded again by Debian's GraphicsMagick under limits of memory
/// and time, turned upright, and left with nothing but the picture. Where and with what it was
/// taken stays with who took it.
struct Pictures: Sendable {
    /// The most pixels of a picture that is taken in.
    static let pixels = 50_000_000
    /// The longer edge of a picture that is kept, in pixels.
    static let edge = 3_000
    static let types = ["image/jpeg": "jpeg", "image/png": "png"]

    private let program = LimitedProgram(
        "/usr/bin/gm", package: "graphicsmagick", memoryBytes: 1 << 30,
        fileBytes: EvidenceFile.sizeLimit, seconds: 20, most: 2)

    /// The file as it may be kept: a picture is made anew, anything else stays as it is.
    ///
    /// - Throws: `Refusal.invalid` when the picture cannot be read within the limits.
    func cleaned(_ file: EvidenceFile) async throws -> EvidenceFile {
        guard let format = Self.types[file.mediaType] else { return file }
        try program.requireInstalled()
        let made: [UInt8]?? = try await program.inTurn {
            try await program.made(of: file.bytes) { Self.arguments(format, $0, $1) }
        }
        guard let made else {
            throw Refusal.invalid([
                EvidenceFile.fault(
                    zh: "正在处理其他图片，请稍候再交。",
                    en: "Other pictures are being made ready: send it again in a moment.")
            ])
        }
        guard let made, let bytes = PictureParts.bare(made, file.mediaType),
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

    /// The format is ours, so nothing in the file can choose another reader.
    private static func arguments(
        _ format: String, _ source: String, _ target: String
    ) -> [String] {
        [
            "convert", "-limit", "pixels", "\(pixels)", "-limit", "disk", "0",
            "\(format):\(source)", "-auto-orient", "-strip", "-resize", "\(edge)x\(edge)>",
            "-quality", "88", "\(format):\(target)",
        ]
    }
}
