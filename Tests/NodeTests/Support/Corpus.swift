import Foundation

/// The files of the corpus, beside this folder.
enum Corpus {
    /// Every file of a folder, by name, sorted.
    static func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Corpus").appendingPathComponent(folder)
        return try FileManager.default.contentsOfDirectory(atPath: path.path).sorted().map { name in
            (name, Array(try Data(contentsOf: path.appendingPathComponent(name))))
        }
    }

    /// The lines of a file.
    static func lines(_ folder: String, _ name: String) throws -> [String] {
        let bytes = try files(folder).first { $0.name == name }?.bytes ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
