// What nodes write into their logs and send to each other: schemas in `Schemas`, the code that protoc makes of them in
// `Generated` (never edited by hand; `Scripts/generate-protobuf`).
