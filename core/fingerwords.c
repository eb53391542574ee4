/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a fingerprint: 256, one for each byte.  Chosen for the ear:
 * plain things, no names, no two with the same first four letters, no two
 * that a bad line makes one; tests/unit/card.c measures it.  The list is part
 * of what a card means and never changes; another list is another version of
 * the card.
 */
#include "config.h"

#include "core/fingerwords.h"

static const char *const words[FINGERWORDS] = {
	"acorn", "album", "almond", "anchor", "ankle", "anvil", "apple",
	"apron", "arrow", "atlas", "attic", "aunt", "autumn", "avenue",
	"badge", "bagel", "balloon", "bamboo", "banjo", "barrel", "basket",
	"beacon", "beetle", "bicycle", "biscuit", "blanket", "blossom",
	"bonnet", "branch", "bread", "brick", "broom", "bubble", "bucket",
	"butter", "cabin", "cactus", "camera", "canal", "candle", "cargo",
	"carpet", "carrot", "castle", "ceiling", "celery", "cement", "chess",
	"chicken", "chimney", "circle", "clock", "cloud", "clover", "coconut",
	"coffee", "comet", "compass", "copper", "corner", "cotton", "cousin",
	"cradle", "cricket", "crown", "cupboard", "curtain", "dancer",
	"daylight", "desert", "diamond", "dinner", "dolphin", "donkey",
	"dragon", "drawer", "drum", "duvet", "eagle", "echo", "editor",
	"eight", "elbow", "elephant", "engine", "envelope", "evening",
	"fabric", "falcon", "farmer", "feather", "fiddle", "finger", "flag",
	"flute", "forest", "fossil", "fountain", "frame", "fridge", "fruit",
	"funnel", "garden", "garlic", "giraffe", "glacier", "glove", "goblet",
	"granite", "grape", "guitar", "hammer", "harbour", "hedge", "helmet",
	"heron", "honey", "horizon", "hotel", "iceberg", "igloo", "index",
	"insect", "island", "jacket", "jelly", "jigsaw", "journey", "juggler",
	"jungle", "kayak", "kennel", "kettle", "keyboard", "kitchen", "knot",
	"lagoon", "lantern", "laundry", "lemon", "letter", "library", "linen",
	"lizard", "lobster", "lunch", "magnet", "mango", "maple", "marble",
	"meadow", "mirror", "mitten", "mosaic", "muffin", "museum", "mustard",
	"napkin", "needle", "nickel", "north", "notebook", "nutmeg", "oatmeal",
	"ocean", "octopus", "office", "onion", "opera", "orchard", "oven",
	"oyster", "palace", "pancake", "pasture", "peanut", "pebble",
	"pelican", "pencil", "pepper", "piano", "pigeon", "pillow", "planet",
	"plum", "potato", "pudding", "pumpkin", "puppet", "purple", "puzzle",
	"pyramid", "quarry", "quilt", "rabbit", "radio", "railway", "recipe",
	"rhubarb", "ribbon", "rocket", "roof", "rudder", "saddle", "salad",
	"saucer", "scarf", "school", "scooter", "seaweed", "shadow", "shelf",
	"signal", "silver", "sketch", "soap", "sparrow", "spinach", "sponge",
	"squirrel", "sugar", "summer", "sunset", "swan", "tadpole", "teapot",
	"tennis", "thimble", "thunder", "tiger", "toast", "towel", "tractor",
	"triangle", "trumpet", "tulip", "turtle", "twig", "umbrella", "valley",
	"vanilla", "velvet", "village", "violin", "volcano", "voyage",
	"waffle", "wagon", "walnut", "wheel", "whistle", "window", "yellow",
	"yoghurt", "zebra", "zigzag"
};

const char *
fingerword(unsigned char byte)
{
	return words[byte];
}
