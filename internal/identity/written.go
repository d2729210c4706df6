package identity

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
)

// Hashes and sketches are held as bytes, which take half the room, and written as text:
// hashes in hexadecimal, sketches in base64 without padding.

// hashSize is how many bytes a hash has.
const hashSize = 32

func hashText(hash string) string {
	if len(hash) != hashSize {
		return hash // there is none
	}
	return hex.EncodeToString([]byte(hash))
}

// hashOf reads what hashText wrote; anything else stays as it is, and is that of no file.
func hashOf(text string) string {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != hashSize {
		return text
	}
	return string(raw)
}

func sketchText(sketch string) string { return base64.RawStdEncoding.EncodeToString([]byte(sketch)) }

// sketchOfText reads what sketchText wrote; empty where that is something else.
func sketchOfText(text string) string {
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return ""
	}
	return string(raw)
}

// UnmarshalJSON reads what earlier versions wrote, which kept identities as JSON.
func (k *Identity) UnmarshalJSON(data []byte) error {
	type plain Identity
	var p plain
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	*k = Identity(p)
	k.Hash, k.Text = hashOf(p.Hash), sketchOfText(p.Text)
	return nil
}
